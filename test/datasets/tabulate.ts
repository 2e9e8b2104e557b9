import type { PublishedTable, PublishedTables } from '../../datasets/read-facts/published-tables.js';
import type { ReconstructedProject } from '../../datasets/reconstruction/reconstruct-projects.js';
import { careOfficeByLabel, projectScales } from '../../datasets/vocabulary/projects.js';

type Scale = 'status' | 'participation' | 'impact' | 'shareability' | 'scalability';
type Project = ReconstructedProject;

const labelOf = (scale: string, key: string | null): string | null =>
  projectScales.find((each) => each.key === scale)?.levels.find((level) => level.key === key)?.label.nl ?? null;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const share = (count: number, total: number, decimals: number): number =>
  total === 0 ? 0 : Number(((100 * count) / total).toFixed(decimals));

function byPeriod(projects: readonly Project[], scale: Scale, label: string): number[] {
  return (['2020-03', '2020-10'] as const).map(
    (period) => projects.filter(({ levels }) => labelOf(scale, levels[period]?.[scale] ?? null) === label).length,
  );
}

const columnSums = (rows: readonly (readonly number[])[]): number[] =>
  [0, 1].map((at) => sum(rows.map((row) => row[at] ?? 0)));

function startCounts(projects: readonly Project[], all: readonly Project[]): number[] {
  const count = (some: readonly Project[], ...starts: string[]): number =>
    some.filter(({ start }) => starts.includes(start)).length;
  const recent = count(projects, '2020', '2021');
  const earlier = count(projects, '2018-2019');
  return [
    count(projects, '2020'),
    count(projects, '2021'),
    recent,
    share(recent, count(all, '2020', '2021'), 1),
    earlier,
    share(earlier, count(all, '2018-2019'), 2),
  ];
}

function recounted(table: PublishedTable, projects: readonly Project[]): PublishedTable {
  const inRubric = (label: string): Project[] => projects.filter(({ rubric }) => labelOf('rubric', rubric) === label);
  const rowsOf = <R extends object>(rows: readonly R[], scale: Scale, label: (row: R) => string) => {
    const counted = rows.map((row) => ({ ...row, counts: byPeriod(projects, scale, label(row)) }));
    return { rows: counted, totals: columnSums(counted.map(({ counts }) => counts)) };
  };
  switch (table.table) {
    case 4: {
      const offices = (some: readonly Project[]): number[] =>
        table.columns.map((column) => some.filter((each) => each.careOffice === careOfficeByLabel[column]).length);
      const rows = table.rows.map(({ rubric }) => {
        const counts = offices(inRubric(rubric));
        return { rubric, counts, total: sum(counts) };
      });
      return { ...table, rows, columnTotals: offices(projects), total: projects.length };
    }
    case 5:
      return { ...table, ...rowsOf(table.rows, 'participation', ({ band }) => band) };
    case 6:
      return { ...table, ...rowsOf(table.rows, 'status', ({ status }) => status) };
    case 7: {
      const rows = table.rows.map(({ rubric }) => ({ rubric, counts: startCounts(inRubric(rubric), projects) }));
      return { ...table, rows, totals: startCounts(projects, projects) };
    }
    case 8:
      return { ...table, ...rowsOf(table.rows, 'impact', ({ impact }) => impact) };
    case 10:
      return { ...table, ...rowsOf(table.rows, 'shareability', ({ shareability }) => shareability) };
    case 11:
      return { ...table, ...rowsOf(table.rows, 'scalability', ({ scalability }) => scalability) };
    case 12: {
      const focused = inRubric(table.filter.rubric);
      const blocks = table.blocks.map(({ measure, rows }) => {
        const counted = rows.map(([label]) => [label, byPeriod(focused, measure, label)] as const);
        return { measure, rows: counted, totals: columnSums(counted.map(([, counts]) => counts)) };
      });
      return { ...table, blocks };
    }
    default:
      return table;
  }
}

/** The tables of the report with the project tables counted anew, percentages included, from these projects. */
export function tabulate(tables: PublishedTables, projects: readonly Project[]): PublishedTables {
  return { ...tables, tables: tables.tables.map((table) => recounted(table, projects)) };
}

/** The tables with one of them changed, to feed the generator what the report does not say. */
export function withTable<N extends PublishedTable['table']>(
  tables: PublishedTables,
  number: N,
  change: (table: Extract<PublishedTable, { table: N }>) => PublishedTable,
): PublishedTables {
  const changed = tables.tables.map((each) =>
    each.table === number ? change(each as Extract<PublishedTable, { table: N }>) : each,
  );
  return { ...tables, tables: changed };
}

/** A period table with some counts, and the totals with them, raised. */
export function raised<T extends { rows: readonly { counts: readonly number[] }[]; totals: readonly number[] }>(
  table: T,
  changes: readonly { row: number; column: number; by: number }[],
): T {
  const by = (row: number | null, column: number): number =>
    changes.reduce((sum, each) => sum + (each.column === column && (row ?? each.row) === each.row ? each.by : 0), 0);
  return {
    ...table,
    rows: table.rows.map((each, row) => ({ ...each, counts: each.counts.map((count, at) => count + by(row, at)) })),
    totals: table.totals.map((total, at) => total + by(null, at)),
  };
}

/** The table with one of its counts or totals, chosen by number, one higher; percentages are left alone. */
export function withOneRaised(table: PublishedTable, choice: number): PublishedTable {
  const isCount = (path: readonly string[]): boolean => {
    const [part = ''] = path;
    const isPercentage = table.table === 7 && ['3', '5'].includes(path.at(-1) ?? '');
    return ['rows', 'totals', 'columnTotals', 'total', 'blocks'].includes(part) && !isPercentage;
  };
  const walk = (value: unknown, path: readonly string[], visit: (count: number) => number): unknown => {
    if (typeof value === 'number') return isCount(path) ? visit(value) : value;
    if (Array.isArray(value)) return value.map((each, at) => walk(each, [...path, String(at)], visit));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each, [...path, key], visit)]));
  };
  let counts = 0;
  walk(table, [], (count) => {
    counts += 1;
    return count;
  });
  let at = 0;
  return walk(table, [], (count) => {
    at += 1;
    return at - 1 === choice % counts ? count + 1 : count;
  }) as PublishedTable;
}
