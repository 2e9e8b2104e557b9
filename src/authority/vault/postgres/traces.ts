import type { Pool, PoolClient } from 'pg';
import type { Address } from '../../../postgres/address.js';
import { messageOf } from '../../../postgres/trouble.js';

/** How long rewriting the tables waits for those who read them, in milliseconds. Who comes later waits behind it. */
const PATIENCE = 2_000;

const TABLES = ['actor', 'subject'];

/** What the driver says to whoever listens for 'notice'. */
interface Notice {
  readonly detail?: string | undefined;
}

/** Whether this user may rewrite the tables. MAINTAIN is known from version 17 on. */
const rights = `
  SELECT bool_and(pg_has_role(relowner, 'USAGE') OR CASE
      WHEN current_setting('server_version_num')::integer >= 170000 THEN has_table_privilege(pg_class.oid, 'MAINTAIN')
      ELSE false END) AS "mayRewrite"
  FROM pg_class WHERE oid IN ('actor'::regclass, 'subject'::regclass)`;

/**
 * What was changed or deleted stays in the files of its table, unreadable by SQL, until they are written anew. Does so, and
 * returns null; or a sentence about why the server may still have it, and what to do.
 */
export async function removeTraces(pool: Pool, { schema }: Address): Promise<string | null> {
  const remedy = `Have an owner of its tables run VACUUM FULL ${TABLES.map((name) => `${schema}.${name}`).join(', ')}`;
  try {
    const { rows } = await pool.query<{ mayRewrite: boolean }>(rights);
    if (rows[0]?.mayRewrite !== true) return `This user may not rewrite the tables of the vault. ${remedy}.`;
    const kept = await rewrite(pool);
    return kept === 0
      ? null
      : `Another transaction in the database of the vault, such as a dump, still keeps what was erased. ${remedy} when it has ended.`;
  } catch (error) {
    return `The tables of the vault could not be rewritten: ${messageOf(error)}. ${remedy}.`;
  }
}

/** How many rows could not be left behind, since somebody else's transaction might still read them. */
async function rewrite(pool: Pool): Promise<number> {
  const client: PoolClient = await pool.connect();
  let kept = 0;
  const hear = ({ detail }: Notice): void => {
    // "3 dead row versions cannot be removed yet.", in the language of the server.
    const [count] = /\d+/.exec(detail ?? '') ?? [];
    kept += Number(count ?? 0);
  };
  try {
    await client.query(`SET lock_timeout = ${PATIENCE}`);
    client.on('notice', hear);
    await client.query(`VACUUM (FULL, VERBOSE) ${TABLES.join(', ')}`);
    return kept;
  } finally {
    // It is not set up as the others are any more.
    client.release(true);
  }
}
