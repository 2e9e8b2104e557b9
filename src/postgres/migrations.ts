import type { ClientBase } from 'pg';
import type { Address, Tenant } from './address.js';

/** The migrations of tables that have a schema to themselves. */
export interface MigrationSet {
  readonly tenant: Tenant;
  /** Names the lock of migrations, and the table `<name>_version`, which no other program's schema has. */
  readonly name: string;
  /** Each entry turns the tables of one version into those of the next. */
  readonly migrations: readonly string[];
  readonly newError: (code: 'FOREIGN' | 'TOO_NEW', message: string) => Error;
}

interface State {
  readonly exists: boolean;
  /** Whether it has the table that holds the version. */
  readonly isOurs: boolean;
  readonly relations: number;
}

/** Whether the schema exists, and the version of its tables; 0 where there are none yet. @throws FOREIGN */
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
  // One of several processes does it, and the others find it done.
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('peildatum ${name} ' || $1, 0))`, [address.schema]);
  const { exists, version } = await readSchemaVersion(client, address, migrationSet);
  // A user without the right to create schemas can use an existing one.
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
 * Migrates tables to the version of this release, completely or not at all. Any number of processes may do so at
 * once.
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
    // A lost connection has rolled back already.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The names of the tables, indexes and triggers that the migrations create. */
export const createdObjectNames = (migrations: readonly string[]): readonly string[] => [
  ...new Set(
    [...migrations.join('').matchAll(/CREATE (?:TABLE|UNIQUE INDEX|INDEX|TRIGGER) (\w+)/g)].map(
      (match) => match[1] ?? '',
    ),
  ),
];

/** The ones of these tables, indexes and triggers that the schema lacks. */
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
