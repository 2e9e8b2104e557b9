import type { Pool, PoolClient } from 'pg';
import type { Address } from '../../../postgres/address.js';
import { messageOf } from '../../../postgres/server-errors.js';

/** How long rewriting the tables waits for their readers. Later queries wait behind it, so the time is short. */
const LOCK_TIMEOUT_MS = 2_000;

const TABLES = ['actor', 'subject'];

/** The part of the driver's 'notice' event that is used. */
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
 * Rewrites the tables of the vault, because changed and deleted rows stay in the files of a table until then. Returns null, or a
 * sentence about why the server may still have the erased data and what to do.
 */
export async function vacuumErased(pool: Pool, { schema }: Address): Promise<string | null> {
  const remedy = `Have an owner of its tables run VACUUM FULL ${TABLES.map((name) => `${schema}.${name}`).join(', ')}`;
  try {
    const { rows } = await pool.query<{ mayRewrite: boolean }>(rights);
    if (rows[0]?.mayRewrite !== true) return `This user may not rewrite the tables of the vault. ${remedy}.`;
    const keptRows = await rewrite(pool);
    return keptRows === 0
      ? null
      : `Another transaction in the database of the vault, such as a dump, still keeps what was erased. ${remedy} when it has ended.`;
  } catch (error) {
    return `The tables of the vault could not be rewritten: ${messageOf(error)}. ${remedy}.`;
  }
}

/** Returns how many dead rows were kept, because another transaction might still read them. */
async function rewrite(pool: Pool): Promise<number> {
  const client: PoolClient = await pool.connect();
  let keptRows = 0;
  const countKeptRows = ({ detail }: Notice): void => {
    // "3 dead row versions cannot be removed yet.", in the language of the server.
    const [count] = /\d+/.exec(detail ?? '') ?? [];
    keptRows += Number(count ?? 0);
  };
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    client.on('notice', countKeptRows);
    await client.query(`VACUUM (FULL, VERBOSE) ${TABLES.join(', ')}`);
    return keptRows;
  } finally {
    // Its lock_timeout differs from that of the pool's other connections now.
    client.release(true);
  }
}
