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
      const values = rows.map((row) => columns.map((column) => (row as unknown as Record<string, unknown>)[column]));
      await sql`
        insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
        select ${sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`))}
        from json_each(${JSON.stringify(values)})`.execute(db);
    },
    async close(table, closings) {
      for (const { key, set } of closings) {
        const assignments = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
        const conditions = Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
        await sql`
          update ${sql.table(table)} set ${sql.join(assignments)}
          where ${sql.join(conditions, sql` and `)}`.execute(db);
      }
    },
  };
}

const columnNames = new Map(
  tableDefinitions.map(({ name, columns }) => [name, columns.map((column) => column.name)] as const),
);

function columnsOf(table: keyof ReadTables): readonly string[] {
  const columns = columnNames.get(table);
  if (!columns) throw new Error(`No read model has a table '${table}'.`);
  return columns;
}
