import type { PublishedTable } from '../../datasets/read-facts/published-tables.js';

/** Every figure of a table of the facts, row by row, totals included: the order in which reports print their cells. */
export function figuresOf(table: PublishedTable): number[] {
  switch (table.table) {
    case 4:
      return [...table.rows.flatMap(({ counts, total }) => [...counts, total]), ...table.columnTotals, table.total];
    case 12:
      return table.blocks.flatMap(({ rows, totals }) => [...rows.flatMap(([, counts]) => counts), ...totals]);
    default:
      return [...table.rows.flatMap(({ counts }) => counts), ...table.totals];
  }
}
