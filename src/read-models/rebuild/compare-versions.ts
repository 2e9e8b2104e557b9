import { sql, type RawBuilder } from 'kysely';
import { FOREVER, type TableDefinition } from '../../../projections/table.js';
import { tableDefinitions, tablePrefix, type RegistryDatabase } from '../database/versions.js';

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
  /** Called before each part of it; what it throws ends the comparison. */
  readonly onPart?: () => Promise<void>;
  /** How many positions of a table are one part. */
  readonly span?: number;
}

/** Positions of a table that are compared at a time. It takes seconds, and a lease must be renewed in between. */
const SPAN_POSITION_COUNT = 500_000;

/** Differences of each kind that a report names for a table. */
const MAX_NAMED_ROW_COUNT = 10;

/** Compares two versions row by row. Both must have the same projected position. */
export async function compareVersions(
  db: RegistryDatabase,
  old: number,
  fresh: number,
  { after = 0, onPart, span = SPAN_POSITION_COUNT }: CompareOptions = {},
): Promise<Comparison> {
  const differences: Difference[] = [];
  let total = 0;
  for (const table of tableDefinitions) {
    const sides = [
      { only: 'OLD', here: tablePrefix(old) + table.name, there: tablePrefix(fresh) + table.name },
      { only: 'NEW', here: tablePrefix(fresh) + table.name, there: tablePrefix(old) + table.name },
    ] as const;
    const names = { OLD: MAX_NAMED_ROW_COUNT, NEW: MAX_NAMED_ROW_COUNT };
    // What was written since the first comparison is little, and its two queries cover it whole.
    const parts = after > 0 ? [writtenAfter(table, after)] : await partsOf(db, table, sides, span);
    for (const rowsOf of parts) {
      await onPart?.();
      for (const { only, here, there } of sides) {
        const lacking = sql`select * from (${rowsOf(here)}) own except select * from (${rowsOf(there)}) other`;
        const count = await sql<{ count: number }>`select count(*) as count from (${lacking}) as lacking`.execute(db);
        const differing = count.rows[0]?.count ?? 0;
        if (differing === 0) continue;
        total += differing;
        const rows = await sql<Record<string, unknown>>`${lacking} limit ${sql.lit(names[only])}`.execute(db);
        names[only] -= rows.rows.length;
        for (const row of rows.rows) differences.push({ table: table.name, only, row });
      }
    }
  }
  return { differences, total };
}

/** Some rows of the table that has this definition and that name, each of them once. */
type Part = (table: string) => RawBuilder<unknown>;

/** The rows that events after the position have made or closed: two queries, so that each uses its index. */
function writtenAfter({ madeAt, closedAt }: TableDefinition, after: number): Part {
  const since = (column: string) => sql`${sql.ref(column)} > ${sql.lit(after)}`;
  return (table) => {
    const all = sql`select * from ${sql.table(table)}`;
    const made = sql`${all} where ${since(madeAt)}`;
    if (closedAt === undefined) return made;
    const closed = sql`${since(closedAt)} and ${sql.ref(closedAt)} < ${sql.lit(FOREVER)}`;
    return sql`${made} union all ${all} where ${closed} and ${sql.ref(madeAt)} <= ${sql.lit(after)}`;
  };
}

/** Parts that together are all rows: each has the rows that one span of the log has made. */
async function partsOf(
  db: RegistryDatabase,
  { madeAt }: TableDefinition,
  sides: readonly { readonly here: string }[],
  span: number,
): Promise<Part[]> {
  const column = sql.ref(madeAt);
  let last = 0;
  for (const { here } of sides) {
    const { rows } = await sql<{ last: number | null }>`
      select max(${column}) as last from ${sql.table(here)}`.execute(db);
    last = Math.max(last, rows[0]?.last ?? 0);
  }
  const parts: Part[] = [];
  for (let from = 0; from <= last; from += span) {
    const until = sql`${column} <= ${sql.lit(from + span)}`;
    const within = from === 0 ? until : sql`${column} > ${sql.lit(from)} and ${until}`;
    parts.push((table) => sql`select * from ${sql.table(table)} where ${within}`);
  }
  return parts;
}

export const mergeComparisons = (one: Comparison, other: Comparison): Comparison => ({
  differences: [...one.differences, ...other.differences],
  total: one.total + other.total,
});
