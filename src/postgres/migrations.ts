import type { ClientBase } from 'pg';
import type { Address, Tenant } from './address.js';

/** The tables of a tenant that has its schema to itself, and how they came to be. */
export interface MigrationSet {
  readonly tenant: Tenant;
  /** Names the lock of those who migrate, and the table `<name>_version`, which no other program's schema has. */
  readonly name: string;
  /** Each entry makes the tables of one version out of those of the version before. */
  readonly migrations: readonly string[];
  readonly newError: (code: 'FOREIGN' | 'TOO_NEW', message: string) => Error;
}

interface State {
  readonly exists: boolean;
  /** Whether it has the table that says which version there is. */
  readonly isOurs: boolean;
  readonly relations: number;
}

/** Whether the schema exists, and the version of the tables in it; 0 where there are none yet. @throws FOREIGN */
export async function readSchemaVersion(
  client: ClientBase,
  { schema, place }: Address,
  { tenant, name, newError }: MigrationSet,
): Promise<{ exists: boolean; version: number }> {
  const { rows } = await client.query<State>(
    `SELECT to_regnamespace($1) IS NOT NULL AS exists, to_regclass($1 || '.${name}_version') IS NOT NULL AS "isOurs",
       (SELECT count(*)::integer FROM pg_class WHERE relnamespace = to_regnamespace($1)) AS relations`,
    [schema],
  );
  const { exists = false, isOurs = false, relations = 0 } = rows[0] ?? {};
  if (isOurs) {
    const { rows: versions } = await client.query<{ version: number }>(
      `SELECT coalesce(max(version), 0) AS version FROM ${name}_version`,
    );
    return { exists, version: versions[0]?.version ?? 0 };
  }
  if (relations === 0) return { exists, version: 0 };
  throw newError(
    'FOREIGN',
    `${place} holds tables, but not those of a Peildatum ${name}; they were left as they are. ` +
      `Name another schema for ${tenant.of} (${tenant.setting}=postgres://…?schema=name).`,
  );
}

async function applyMigrations(client: ClientBase, address: Address, migrationSet: MigrationSet): Promise<void> {
  const { name, migrations } = migrationSet;
  // Of several processes one does it, and the others then find it done.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('peildatum ${name} ' || $1, 0))`, [address.schema]);
  const { exists, version } = await readSchemaVersion(client, address, migrationSet);
  // Whoever may not create schemas can use one that was made for it.
  if (!exists) await client.query(`CREATE SCHEMA "${address.schema}"`);
  if (version === 0) {
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${name}_version (version integer PRIMARY KEY, since timestamptz NOT NULL DEFAULT now())`,
    );
  }
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue;
    await client.query(statements);
    await client.query(`INSERT INTO ${name}_version (version) VALUES ($1)`, [index + 1]);
  }
}

/**
 * Brings tables to the version of this release, all of the way or not at all. Any number of processes may do so at once.
 * @throws FOREIGN or TOO_NEW
 */
export async function migrate(client: ClientBase, address: Address, migrationSet: MigrationSet): Promise<void> {
  const { version } = await readSchemaVersion(client, address, migrationSet);
  const known = migrationSet.migrations.length;
  if (version > known) {
    throw migrationSet.newError(
      'TOO_NEW',
      `${address.place} was written by a newer release: its tables have version ${version}, this release knows ${known}. ` +
        `Nothing was changed; start that release or a later one.`,
    );
  }
  if (version === known) return;
  await client.query('BEGIN');
  try {
    await applyMigrations(client, address, migrationSet);
    await client.query('COMMIT');
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The names in statements that create tables, indexes and triggers. */
export const createdObjectNames = (migrations: readonly string[]): readonly string[] => [
  ...new Set(
    [...migrations.join('').matchAll(/CREATE (?:TABLE|UNIQUE INDEX|INDEX|TRIGGER) (\w+)/g)].map(
      (match) => match[1] ?? '',
    ),
  ),
];

/** Which of these tables, indexes and triggers are not in the schema. */
export async function findMissingObjects(
  client: ClientBase,
  { schema }: Address,
  wanted: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = to_regnamespace($1)
     UNION SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
       WHERE relnamespace = to_regnamespace($1) AND tgenabled <> 'D'`,
    [schema],
  );
  const present = new Set(rows.map(({ name }) => name));
  return wanted.filter((name) => !present.has(name));
}
