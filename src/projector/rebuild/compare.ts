import { sql, type RawBuilder } from 'kysely';
import { FOREVER, type TableDefinition } from '../../../projections/table.js';
import { tableDefinitions, tablePrefix, type RegistryDatabase } from '../../read-database/versions.js';

/** A row that one version of the read models has and the other has not. */
export interface Difference {
  readonly table: string;
  readonly only: 'OLD' | 'NEW';
  readonly row: Readonly<Record<string, unknown>>;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Rows that differ in all: `differences` names the first of each table. */
  readonly total: number;
}

export interface CompareOptions {
  /** Only the rows that events after this position have written. */
  readonly after?: number;
  /** Called before each table; what it throws ends the comparison. */
  readonly onTable?: () => Promise<void>;
}

const NAMED_PER_TABLE = 10;

/** Holds two versions against each other, row for row. Both must stand at the same checkpoint. */
export async function compareVersions(
  db: RegistryDatabase,
  old: number,
  fresh: number,
  { after = 0, onTable }: CompareOptions = {},
): Promise<Comparison> {
  const differences: Difference[] = [];
  let total = 0;
  for (const table of tableDefinitions) {
    await onTable?.();
    const sides = [
      { only: 'OLD', here: tablePrefix(old) + table.name, there: tablePrefix(fresh) + table.name },
      { only: 'NEW', here: tablePrefix(fresh) + table.name, there: tablePrefix(old) + table.name },
    ] as const;
    for (const { only, here, there } of sides) {
      const lacking = sql`${rowsOf(here, table, after)} except ${rowsOf(there, table, after)}`;
      const count = await sql<{ count: number }>`select count(*) as count from (${lacking}) as lacking`.execute(db);
      const differing = count.rows[0]?.count ?? 0;
      if (differing === 0) continue;
      total += differing;
      const rows = await sql<Record<string, unknown>>`${lacking} limit ${sql.lit(NAMED_PER_TABLE)}`.execute(db);
      for (const row of rows.rows) differences.push({ table: table.name, only, row });
    }
  }
  return { differences, total };
}

function rowsOf(name: string, { writtenAt }: TableDefinition, after: number): RawBuilder<unknown> {
  if (after === 0) return sql`select * from ${sql.table(name)}`;
  const written = writtenAt.map(
    (column) => sql`(${sql.ref(column)} > ${sql.lit(after)} and ${sql.ref(column)} < ${sql.lit(FOREVER)})`,
  );
  return sql`select * from ${sql.table(name)} where ${sql.join(written, sql` or `)}`;
}

export const both = (one: Comparison, other: Comparison): Comparison => ({
  differences: [...one.differences, ...other.differences],
  total: one.total + other.total,
});
