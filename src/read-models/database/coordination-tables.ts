import type { Kysely } from 'kysely';
import { dialectOf } from './dialect.js';

/** What only one process at a time may write: the version that answers, and the one that is built beside it. */
export type LeaseName = 'LIVE' | 'BUILDING';

export interface LeaseRow {
  name: LeaseName;
  /** Who holds it, for people to read: a host and a process. Null: nobody. */
  holder: string | null;
  /** The same for programs on that machine, which can look whether it runs. */
  holder_process: string | null;
  /** Rises each time somebody takes it: who knows an older one holds it no longer. */
  token: number;
  /** In milliseconds by the database's clock. */
  expires_at: number;
}

/** How the building of a version goes, and when the version was replaced. Times are in milliseconds by the database's clock. */
export interface BuildRow {
  version: number;
  /** Since when it is being built, without interruption, and how far it was then. */
  begun_at: number;
  begun_position: number;
  /** When it was last seen to get on. */
  seen_at: number;
  /** The position that it is to reach; it rises with the log. */
  target: number;
  /** When another version took its place; null while it has not answered, or answers still. */
  replaced_at: number | null;
}

export interface CoordinationTables {
  projection_lease: LeaseRow;
  read_model_build: BuildRow;
}

/** The tables by which processes find out about each other. */
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
