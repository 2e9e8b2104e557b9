import { PostgresAdapter, sql, type QueryExecutorProvider, type RawBuilder } from 'kysely';
import type { Column } from '../../../projections/table.js';

/** What the two databases write in different ways. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  readonly columnTypes: Readonly<Record<Column['type'], RawBuilder<unknown>>>;
  /** The end of a CREATE TABLE statement. */
  readonly tableEnd: RawBuilder<unknown> | null;
  /** Milliseconds since the epoch by the database's own clock, which all processes share. */
  readonly now: RawBuilder<number>;
  /** A value from JSON, cast to the type of its column. */
  typed(value: RawBuilder<unknown>, type: Column['type']): RawBuilder<unknown>;
  /** Refreshes the planner's statistics of these tables; null where the planner has none. */
  analyze(tables: readonly string[]): RawBuilder<unknown> | null;
  /** The columns of a table; none where it is not there. */
  columnsOf(table: string): RawBuilder<{ name: string }>;
  /** The tables whose names begin so. The prefix holds no characters that LIKE knows but underscores. */
  tablesWith(prefix: string): RawBuilder<{ name: string }>;
}

const pattern = (prefix: string): string => `${prefix.replaceAll('_', '\\_')}%`;

const sqlite: Dialect = {
  name: 'sqlite',
  columnTypes: { INTEGER: sql`integer`, TEXT: sql`text` },
  // A strict table refuses values of another type, so that none needs to be converted.
  tableEnd: sql`strict`,
  now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
  typed: (value) => value,
  analyze: () => null,
  columnsOf: (table) => sql<{ name: string }>`select name from pragma_table_info(${table})`,
  tablesWith: (prefix) => sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name like ${pattern(prefix)} escape '\\'`,
};

const postgres: Dialect = {
  name: 'postgres',
  // Text is compared byte by byte, as SQLite does it, whatever the language of the database.
  columnTypes: { INTEGER: sql`bigint`, TEXT: sql`text collate "C"` },
  tableEnd: null,
  now: sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  typed: (value, type) => (type === 'INTEGER' ? sql`cast(${value} as bigint)` : value),
  columnsOf: (table) => sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = to_regclass(${table}) and attnum > 0 and not attisdropped`,
  analyze: (tables) => sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`,
  tablesWith: (prefix) => sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() and tablename like ${pattern(prefix)}`,
};

/** The dialect that a connection or a transaction speaks. */
export const dialectOf = (db: QueryExecutorProvider): Dialect =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
