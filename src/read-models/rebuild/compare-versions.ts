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

/** A part takes seconds: a lease must be renewed in between, however large a table is. */
const SPAN = 500_000;

const NAMED_PER_TABLE = 10;

/** Holds two versions against each other, row for row. Both must stand at the same projected position. */
export async function compareVersions(
  db: RegistryDatabase,
  old: number,
  fresh: number,
  { after = 0, onPart, span = SPAN }: CompareOptions = {},
): Promise<Comparison> {
  const differences: Difference[] = [];
  let total = 0;
  for (const table of tableDefinitions) {
    const sides = [
      { only: 'OLD', here: tablePrefix(old) + table.name, there: tablePrefix(fresh) + table.name },
      { only: 'NEW', here: tablePrefix(fresh) + table.name, there: tablePrefix(old) + table.name },
    ] as const;
    const names = { OLD: NAMED_PER_TABLE, NEW: NAMED_PER_TABLE };
    // Of the whole history only: what is left over for the switch is little, and must not be cut up.
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

/** The rows that events after the position have written: by two indexes, which no planner need find for itself. */
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

/** Parts that are all rows together: each has what was made in one stretch of the log. */
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

export const both = (one: Comparison, other: Comparison): Comparison => ({
  differences: [...one.differences, ...other.differences],
  total: one.total + other.total,
});
