import { createHash } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import { readModels } from '../../../projections/read-models.js';
import type { ReadDatabase, ReadTables } from '../../../projections/read-database.js';
import { FOREVER, type TableDefinition } from '../../../projections/table.js';
import type { Retry } from '../../concurrency/retry.js';
import type { CoordinationTables } from './coordination-tables.js';
import { dialectOf } from './dialect.js';
import { prefixPlugin } from './prefix-plugin.js';

/** LIVE answers queries; BUILDING is being built beside it; PREVIOUS was live before, and is kept for a rollback. */
export type VersionRole = 'LIVE' | 'BUILDING' | 'PREVIOUS';

/** A version of the read models. Its projected position is written in the same transaction as its rows. */
export interface VersionRow {
  version: number;
  role: VersionRole;
  /** Digest of the tables and folds that the version was built by. */
  layout: string;
  /** The projected position: that of the last event that the rows include. */
  position: number;
  /** Of the event at the projected position; null where there is none, or where an older release has not written it down. */
  event_id: string | null;
  failed_position: number | null;
  failure: string | null;
}

export interface Registry extends CoordinationTables {
  read_model_version: VersionRow;
}

export type RegistryDatabase = Kysely<Registry>;
export type RegistryTransaction = Transaction<Registry>;

/** How one database is reached. */
export interface RegistryConnections {
  readonly reading: RegistryDatabase;
  readonly writing: RegistryDatabase;
  /** Retries the opening while a server is starting or stopping. */
  readonly retryOpening: Retry;
  /** Runs the work in a transaction in which no other process prepares the same database. */
  readonly runExclusive: (work: (db: RegistryDatabase) => Promise<void>) => Promise<void>;
  /** @throws {ReadDatabaseUnusableError} where the projector could not write */
  readonly checkWritable: (db: RegistryDatabase) => Promise<void>;
  /** Closes what is left after the two connections. */
  readonly close: () => Promise<void>;
}

/** The tables of all read models. */
export const tableDefinitions = readModels.flatMap((model): readonly TableDefinition[] => model.tables);

const tableNames: ReadonlySet<string> = new Set(tableDefinitions.map(({ name }) => name));

/** A table as the digest has it. Existing read databases keep their digest only if this does not change. */
const digestedTable = ({ name, columns, primaryKey, madeAt, closedAt, indexes }: TableDefinition) => ({
  name,
  columns: Object.entries(columns).map(([column, { type, nullable }]) => ({ name: column, type, nullable })),
  primaryKey,
  madeAt,
  closedAt,
  indexes,
});

/** Digest of the tables and folds of this program: a version with another layout must be built anew. */
export const currentLayout: string = createHash('sha256')
  .update(
    JSON.stringify(
      readModels.map(({ name, revision, tables }) => ({ name, revision, tables: tables.map(digestedTable) })),
    ),
  )
  .digest('hex')
  .slice(0, 16);

export const tablePrefix = (version: number): string => `m${version}_`;

/** The database as queries of one version see it. */
export const tablesOf = (db: RegistryDatabase, version: number): ReadDatabase =>
  // The registry's connection holds the versioned tables too; the plugin supplies their real names.
  (db as unknown as Kysely<ReadTables>).withPlugin(prefixPlugin(tablePrefix(version), tableNames));

export const versionsOf = (db: RegistryDatabase): Promise<VersionRow[]> =>
  db.selectFrom('read_model_version').selectAll().orderBy('version').execute();

export const liveVersion = (db: RegistryDatabase): Promise<VersionRow | undefined> =>
  db.selectFrom('read_model_version').selectAll().where('role', '=', 'LIVE').executeTakeFirst();

/**
 * The version that this program answers from: the live one, or, where that of another release is live by now, the last of its
 * own layout that was live. The latter does not move any more.
 */
export const answeringVersion = (db: RegistryDatabase): Promise<VersionRow | undefined> =>
  db
    .selectFrom('read_model_version')
    .selectAll()
    .where('layout', '=', currentLayout)
    .where('role', 'in', ['LIVE', 'PREVIOUS'])
    // LIVE precedes PREVIOUS in the alphabet.
    .orderBy('role')
    .orderBy('version', 'desc')
    .executeTakeFirst();

/** Creates the tables of a new, empty version. */
export async function createVersion(db: RegistryDatabase, version: number, role: VersionRole): Promise<VersionRow> {
  const start = { position: 0, event_id: null, failed_position: null, failure: null };
  const row: VersionRow = { version, role, layout: currentLayout, ...start };
  const prefix = tablePrefix(version);
  const { columnTypes, tableEnd } = dialectOf(db);
  for (const { name, columns, primaryKey, indexes, closedAt } of tableDefinitions) {
    const table = prefix + name;
    let create = db.schema.createTable(table);
    for (const [column, { type, nullable }] of Object.entries(columns)) {
      create = create.addColumn(column, columnTypes[type], (definition) =>
        nullable ? definition : definition.notNull(),
      );
    }
    create = create.addPrimaryKeyConstraint(`${table}_pk`, primaryKey as never);
    await (tableEnd ? create.modifyEnd(tableEnd) : create).execute();
    for (const [number, columnsOfIndex] of indexes.entries()) {
      await db.schema
        .createIndex(`${table}_${number}`)
        .on(table)
        .columns([...columnsOfIndex])
        .execute();
    }
    if (closedAt === undefined) continue;
    // Most rows are never closed: an index of all would be larger by them, and each would cost an entry.
    await db.schema
      .createIndex(`${table}_closed`)
      .on(table)
      .column(closedAt)
      .where(closedAt, '<', sql.lit(FOREVER))
      .execute();
  }
  await db.insertInto('read_model_version').values(row).execute();
  return row;
}

export async function dropVersion(db: RegistryDatabase, version: number): Promise<void> {
  // By the names in the database, not by today's definitions: an older program may have built it with other tables.
  const tables = await dialectOf(db).tablesWith(tablePrefix(version)).execute(db);
  for (const { name } of tables.rows) await db.schema.dropTable(name).execute();
  await db.deleteFrom('read_model_version').where('version', '=', version).execute();
  await db.deleteFrom('read_model_build').where('version', '=', version).execute();
}
