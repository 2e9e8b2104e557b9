import { sql } from 'kysely';
import type { ReadTables } from '../../../projections/read-database.js';
import type { Writer } from '../../../projections/read-model.js';
import type { Columns } from '../../../projections/table.js';
import { jsonRows } from '../../../projections/json-rows.js';
import { dialectOf } from './dialect.js';
import { tableDefinitions, tablesOf, type RegistryTransaction } from './versions.js';

/**
 * What folds write with, inside the projector's transaction. Rows go in as one JSON parameter, so that a batch of any
 * size is one prepared statement.
 */
export function newWriter(transaction: RegistryTransaction, version: number): Writer<ReadTables> {
  const db = tablesOf(transaction, version);
  const { typed } = dialectOf(transaction);
  return {
    db,
    async insert(table, rows) {
      if (rows.length === 0) return;
      const columns = columnsOf(table);
      const names = Object.keys(columns);
      await sql`
        insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
        select ${sql.join(Object.values(columns).map(({ type }, index) => typed(sql`value ->> ${sql.lit(index)}`, type)))}
        from ${jsonRows(rows.map((row) => valuesOf(names, row)))} given`.execute(db);
    },
    async close(table, closings) {
      const [first] = closings;
      if (!first) return;
      const [keys, sets] = [Object.keys(first.key), Object.keys(first.set)];
      const columns = columnsOf(table);
      const values = closings.map(({ key, set }) => [...valuesOf(keys, key), ...valuesOf(sets, set)]);
      const equals = (name: string, index: number) => {
        const given = typed(sql`given.value ->> ${sql.lit(index)}`, columns[name]?.type ?? 'TEXT');
        return sql`${sql.ref(name)} = ${given}`;
      };
      await sql`
        update ${sql.table(table)}
        set ${sql.join(sets.map((name, index) => equals(name, keys.length + index)))}
        from ${jsonRows(values)} given
        where ${sql.join(keys.map(equals), sql` and `)}`.execute(db);
    },
  };
}

/** Rows are looked at by the names of their columns here, whatever table they are of. */
const valuesOf = (columns: readonly string[], row: object): unknown[] =>
  columns.map((column) => (row as Readonly<Record<string, unknown>>)[column] ?? null);

const columnsByTable = new Map(tableDefinitions.map(({ name, columns }) => [name, columns] as const));

function columnsOf(table: string): Columns {
  const columns = columnsByTable.get(table);
  if (!columns) throw new Error(`No read model has a table '${table}'.`);
  return columns;
}
