import { levelTables, rubricTableBlocks, type LevelTable } from '../level-tables.js';
import { publishedTable, type PublishedTables } from '../read-facts/published-tables.js';
import { careOfficeKeyOf, levelKeyOf } from '../vocabulary/projects.js';
import type { ChangingScale, ProjectPeriod } from './types.js';

/** Which projects a printed count counts; what is left out does not matter. */
export interface Where {
  readonly period: ProjectPeriod;
  readonly careOffice?: string;
  readonly rubric?: string;
  readonly starts?: readonly string[];
  /** With `scale` alone: all that have a level on it. */
  readonly scale?: ChangingScale;
  readonly level?: string;
}

/** A count as printed, with the question it answers. */
export interface PrintedCell {
  readonly table: number;
  readonly title: string;
  readonly row: string;
  readonly column: string;
  readonly wanted: number;
  readonly where: Where;
}

const TOTAL = 'Totaal';

function careOfficeCells(tables: PublishedTables): PrintedCell[] {
  const { table, title, columns, rows, columnTotals, total } = publishedTable(tables, 4);
  const period = '2020-10';
  const lines = [
    ...rows.map((row) => ({ row: row.rubric, counts: row.counts, total: row.total, rubric: row.rubric })),
    { row: TOTAL, counts: columnTotals, total, rubric: null },
  ];
  return lines.flatMap(({ row, counts, total, rubric }) => {
    const where = rubric === null ? ({ period } as const) : ({ period, rubric: levelKeyOf('rubric', rubric) } as const);
    return [
      ...columns.map((column, at) => ({
        table,
        title,
        row,
        column,
        wanted: counts[at] ?? 0,
        where: { ...where, careOffice: careOfficeKeyOf(column) },
      })),
      { table, title, row, column: TOTAL, wanted: total, where },
    ];
  });
}

// Table 7's percentages follow from its counts, so they constrain nothing of their own.
const startsOfColumn: Readonly<Record<string, readonly string[]>> = {
  'Start 2020': ['2020'],
  'Start in 2021': ['2021'],
  'Totaal 2020-2021': ['2020', '2021'],
  'Aanvang 2018-2019': ['2018-2019'],
};

function startCells(tables: PublishedTables): PrintedCell[] {
  const { table, title, columns, rows, totals } = publishedTable(tables, 7);
  const lines = [
    ...rows.map((row) => ({
      row: row.rubric,
      counts: row.counts,
      rubric: { rubric: levelKeyOf('rubric', row.rubric) },
    })),
    { row: TOTAL, counts: totals, rubric: {} },
  ];
  return lines.flatMap(({ row, counts, rubric }) =>
    columns.flatMap((column, at) => {
      const starts = startsOfColumn[column];
      if (starts === undefined) return [];
      return {
        table,
        title,
        row,
        column,
        wanted: counts[at] ?? 0,
        where: { period: '2020-10' as const, ...rubric, starts },
      };
    }),
  );
}

/** @param rubric the rubric that the table is limited to; null for all projects */
function scaleCells({ table, title, scale, periods, rows, totals }: LevelTable, rubric: string | null): PrintedCell[] {
  const shared = rubric === null ? { scale } : { scale, rubric };
  // Table 12 has three blocks with rows of the same name.
  const prefix = rubric === null ? '' : `${scale}: `;
  const lines = [
    ...rows.map(({ label, counts }) => ({ label, counts, level: { level: levelKeyOf(scale, label) } })),
    { label: TOTAL, counts: totals, level: {} },
  ];
  return lines.flatMap(({ label, counts, level }) =>
    periods.map((column, at) => ({
      table,
      title,
      row: prefix + label,
      column,
      wanted: counts[at] ?? 0,
      where: { period: column as ProjectPeriod, ...shared, ...level },
    })),
  );
}

/** Every count of tables 4, 5, 6, 7, 8, 10, 11 and 12, totals included, as a question with its printed answer. */
export function printedCells(tables: PublishedTables): PrintedCell[] {
  const rubric = levelKeyOf('rubric', publishedTable(tables, 12).filter.rubric);
  const cells = [
    careOfficeCells(tables),
    startCells(tables),
    ...levelTables(tables).map((table) => scaleCells(table, null)),
    ...rubricTableBlocks(tables).map((block) => scaleCells(block, rubric)),
  ].flat();
  return cells.toSorted((a, b) => a.table - b.table);
}

const identity = ({ period, careOffice, rubric, starts, scale, level }: Where): string =>
  JSON.stringify([period, careOffice, rubric, starts, scale, level]);

/** Looks printed counts up by their question; what the report does not print counts as 0. */
export type PrintedCount = (where: Where) => number;

export function printedCount(cells: readonly PrintedCell[]): PrintedCount {
  const counts = new Map(cells.map(({ where, wanted }) => [identity(where), wanted]));
  return (where) => counts.get(identity(where)) ?? 0;
}
