import type { ClientBase } from 'pg';
import type { Address } from '../../postgres/address.js';
import { StoreUnusable } from '../errors.js';
import { migrations as all } from './schema.js';

interface State {
  readonly exists: boolean;
  /** Whether it has the table that says which version the log has. No other program's schema has it. */
  readonly isLog: boolean;
  readonly relations: number;
}

/** The version of the log in the schema; 0 where there is nothing yet. @throws {StoreUnusable} FOREIGN */
async function versionIn(
  client: ClientBase,
  { schema, place }: Address,
): Promise<{ exists: boolean; version: number }> {
  const { rows } = await client.query<State>(
    `SELECT to_regnamespace($1) IS NOT NULL AS exists, to_regclass($1 || '.log_version') IS NOT NULL AS "isLog",
       (SELECT count(*)::integer FROM pg_class WHERE relnamespace = to_regnamespace($1)) AS relations`,
    [schema],
  );
  const { exists = false, isLog = false, relations = 0 } = rows[0] ?? {};
  if (isLog) {
    const { rows: versions } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM log_version',
    );
    return { exists, version: versions[0]?.version ?? 0 };
  }
  if (relations === 0) return { exists, version: 0 };
  throw new StoreUnusable(
    'FOREIGN',
    `${place} holds tables, but not those of a Peildatum log; they were left as they are. ` +
      `Name another schema for the log (EVENT_STORE_URL=postgres://…?schema=name).`,
  );
}

/** @throws {StoreUnusable} ABSENT */
export async function checkExists(client: ClientBase, address: Address): Promise<void> {
  const { version } = await versionIn(client, address);
  if (version > 0) return;
  throw new StoreUnusable('ABSENT', `There is no log at ${address.place}. EVENT_STORE_URL says where it is.`);
}

async function advance(client: ClientBase, address: Address, migrations: readonly string[]): Promise<void> {
  // Of several processes one does it, and the others then find it done.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('peildatum log ' || $1, 0))`, [address.schema]);
  const { exists, version } = await versionIn(client, address);
  // Whoever may not create schemas can use one that was made for it.
  if (!exists) await client.query(`CREATE SCHEMA "${address.schema}"`);
  if (version === 0) {
    await client.query(
      `CREATE TABLE IF NOT EXISTS log_version (version integer PRIMARY KEY, since timestamptz NOT NULL DEFAULT now())`,
    );
  }
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue;
    await client.query(statements);
    await client.query('INSERT INTO log_version (version) VALUES ($1)', [index + 1]);
  }
}

/**
 * Brings the log's tables to the version of this release, all of the way or not at all. Any number of processes may do so
 * at once. @throws {StoreUnusable} FOREIGN or TOO_NEW
 */
export async function migrate(client: ClientBase, address: Address, migrations = all): Promise<void> {
  const { version } = await versionIn(client, address);
  if (version > migrations.length) {
    throw new StoreUnusable(
      'TOO_NEW',
      `${address.place} was written by a newer release: its tables have version ${version}, this release knows ` +
        `${migrations.length}. Nothing was changed; start that release or a later one.`,
    );
  }
  if (version === migrations.length) return;
  await client.query('BEGIN');
  try {
    await advance(client, address, migrations);
    await client.query('COMMIT');
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
