import { publishedTable, type PublishedTables } from './read-facts/published-tables.js';
import type { ChangingScale } from './reconstruction/types.js';

/** A printed table, or a block of one, that counts projects by their level on one scale in several periods. */
export interface LevelTable<Number extends number = number> {
  readonly table: Number;
  readonly title: string;
  readonly scale: ChangingScale;
  readonly periods: readonly PublishedTables['periods'][number]['id'][];
  /** Each row's counts stand in the order of `periods`. */
  readonly rows: readonly { readonly label: string; readonly counts: readonly number[] }[];
  readonly totals: readonly number[];
}

/** Tables 5, 6, 8, 10 and 11: all projects, a table for each scale. */
export function levelTables(tables: PublishedTables): LevelTable<5 | 6 | 8 | 10 | 11>[] {
  const participation = publishedTable(tables, 5);
  const status = publishedTable(tables, 6);
  const impact = publishedTable(tables, 8);
  const shareability = publishedTable(tables, 10);
  const scalability = publishedTable(tables, 11);
  return [
    {
      ...participation,
      scale: 'participation',
      rows: participation.rows.map(({ band, counts }) => ({ label: band, counts })),
    },
    { ...status, scale: 'status', rows: status.rows.map((row) => ({ label: row.status, counts: row.counts })) },
    { ...impact, scale: 'impact', rows: impact.rows.map((row) => ({ label: row.impact, counts: row.counts })) },
    {
      ...shareability,
      scale: 'shareability',
      rows: shareability.rows.map((row) => ({ label: row.shareability, counts: row.counts })),
    },
    {
      ...scalability,
      scale: 'scalability',
      rows: scalability.rows.map((row) => ({ label: row.scalability, counts: row.counts })),
    },
  ];
}

/** The blocks of table 12: the projects of one rubric, a block for each scale. */
export function rubricTableBlocks(tables: PublishedTables): LevelTable<12>[] {
  const { table, title, periods, blocks } = publishedTable(tables, 12);
  return blocks.map(({ measure, rows, totals }) => ({
    table,
    title,
    scale: measure,
    periods,
    rows: rows.map(([label, counts]) => ({ label, counts })),
    totals,
  }));
}
