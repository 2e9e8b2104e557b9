import type { Kysely } from 'kysely';
import { dialectOf } from './dialect.js';

/** The version that only one process at a time may write: the one that answers, or the one that is built beside it. */
export type LeaseName = 'LIVE' | 'BUILDING';

export interface LeaseRow {
  name: LeaseName;
  /** The process that holds it, named for people by host and process number. Null: none. */
  holder: string | null;
  /** The same process, named for programs on its machine, which can look whether it runs. */
  holder_process: string | null;
  /** Fencing token: rises each time a process acquires the lease. A process with an older token does not hold it. */
  token: number;
  /** Milliseconds since the epoch, by the database's clock. */
  expires_at: number;
}

/** The progress of building a version, and when the version was replaced. Times are milliseconds by the database's clock. */
export interface BuildRow {
  version: number;
  /** When the building began or was continued, and the projected position then. */
  begun_at: number;
  begun_position: number;
  /** When a batch was last projected. */
  seen_at: number;
  /** The position that it is to reach; it rises with the log. */
  target: number;
  /** When another version became live in its place; null if it was never live, or still is. */
  replaced_at: number | null;
}

export interface CoordinationTables {
  projection_lease: LeaseRow;
  read_model_build: BuildRow;
}

/** Creates the tables by which processes coordinate their projecting and building. */
export async function prepareCoordination<T extends CoordinationTables>(registry: Kysely<T>): Promise<void> {
  // Kysely cannot tell the tables of a type parameter.
  const db = registry as unknown as Kysely<CoordinationTables>;
  const { INTEGER, TEXT } = dialectOf(db).columnTypes;
  await db.schema
    .createTable('projection_lease')
    .ifNotExists()
    .addColumn('name', TEXT, (column) => column.primaryKey())
    .addColumn('holder', TEXT)
    .addColumn('holder_process', TEXT)
    .addColumn('token', INTEGER, (column) => column.notNull())
    .addColumn('expires_at', INTEGER, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('read_model_build')
    .ifNotExists()
    .addColumn('version', INTEGER, (column) => column.primaryKey())
    .addColumn('begun_at', INTEGER, (column) => column.notNull())
    .addColumn('begun_position', INTEGER, (column) => column.notNull())
    .addColumn('seen_at', INTEGER, (column) => column.notNull())
    .addColumn('target', INTEGER, (column) => column.notNull())
    .addColumn('replaced_at', INTEGER)
    .execute();
  const free = (name: LeaseName): LeaseRow => ({ name, holder: null, holder_process: null, token: 0, expires_at: 0 });
  await db
    .insertInto('projection_lease')
    .values([free('LIVE'), free('BUILDING')])
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}
