import { sql } from 'kysely';
import type { TableDefinition } from '../../../projections/table.js';
import { tablePrefix, type RegistryDatabase } from '../database/versions.js';

export type Row = Readonly<Record<string, unknown>>;

/** Rows per query. */
const PAGE_ROW_COUNT = 5000;

/** All rows of a table of a version in the order of its primary key, which is the same in every dialect. */
export async function* rowsInOrder(db: RegistryDatabase, version: number, table: TableDefinition): AsyncGenerator<Row> {
  const key = table.primaryKey.map((column) => sql.ref(column));
  let last: Row | undefined;
  do {
    const after = last && table.primaryKey.map((column) => sql`${last?.[column]}`);
    const beyond = after ? sql`where (${sql.join(key)}) > (${sql.join(after)})` : sql``;
    const { rows } = await sql<Row>`
      select * from ${sql.table(tablePrefix(version) + table.name)} ${beyond}
      order by ${sql.join(key)} limit ${sql.lit(PAGE_ROW_COUNT)}`.execute(db);
    yield* rows;
    last = rows.length < PAGE_ROW_COUNT ? undefined : rows.at(-1);
  } while (last !== undefined);
}
