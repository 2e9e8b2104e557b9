import { sql } from 'kysely';
import type { ReadTables, Writer } from '../../projections/read-model.js';
import { tableDefinitions, tablesOf, type RegistryTransaction } from './versions.js';

/**
 * What folds write with, inside the projector's transaction. Rows go in as one JSON parameter, so that a batch of any
 * size is one prepared statement.
 */
export function newWriter(transaction: RegistryTransaction, version: number): Writer {
  const db = tablesOf(transaction, version);
  return {
    db,
    async insert(table, rows) {
      if (rows.length === 0) return;
      const columns = columnsOf(table);
      const values = rows.map((row) => valuesOf(columns, row));
      await sql`
        insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
        select ${sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`))}
        from json_each(${JSON.stringify(values)})`.execute(db);
    },
    async close(table, closings) {
      const [first] = closings;
      if (!first) return;
      const [keys, sets] = [Object.keys(first.key), Object.keys(first.set)];
      const values = closings.map(({ key, set }) => [...valuesOf(keys, key), ...valuesOf(sets, set)]);
      const given = (index: number) => sql`closing.value ->> ${sql.lit(index)}`;
      await sql`
        update ${sql.table(table)}
        set ${sql.join(sets.map((column, index) => sql`${sql.ref(column)} = ${given(keys.length + index)}`))}
        from json_each(${JSON.stringify(values)}) closing
        where ${sql.join(
          keys.map((column, index) => sql`${sql.ref(column)} = ${given(index)}`),
          sql` and `,
        )}`.execute(db);
    },
  };
}

/** Rows are looked at by the names of their columns here, whatever table they are of. */
const valuesOf = (columns: readonly string[], row: object): unknown[] =>
  columns.map((column) => (row as Readonly<Record<string, unknown>>)[column] ?? null);

const columnNames = new Map(
  tableDefinitions.map(({ name, columns }) => [name, columns.map((column) => column.name)] as const),
);

function columnsOf(table: keyof ReadTables): readonly string[] {
  const columns = columnNames.get(table);
  if (!columns) throw new Error(`No read model has a table '${table}'.`);
  return columns;
}
