import type { PrintedCell } from '../../../events/reports.js';
import { publishedTable, readPublishedTables } from '../../facts.js';
import { levelKeyOf, projectScales, type ProjectScaleKey } from '../../vocabulary/projects.js';
import { at } from './grid.js';
import { cellsOverPeriods, type OverPeriods } from './over-periods.js';

interface LabelledRow {
  readonly label: string;
  readonly counts: readonly number[];
}

const projectCells = (
  scale: ProjectScaleKey,
  rows: readonly LabelledRow[],
  table: Pick<OverPeriods, 'periods' | 'totals'> & Partial<Pick<OverPeriods, 'block' | 'within'>>,
): PrintedCell[] =>
  cellsOverPeriods({
    block: null,
    within: [],
    ...table,
    subjects: 'PROJECT',
    scale,
    rows: rows.map(({ label, counts }) => ({ label, counts, level: levelKeyOf(scale, label) })),
  });

/** Tables 5, 6, 8, 10 and 11: projects by their level on one scale. */
export function levelTableCells(number: 5 | 6 | 8 | 10 | 11): PrintedCell[] {
  const tables = readPublishedTables();
  switch (number) {
    case 5: {
      const { rows, ...table } = publishedTable(tables, 5);
      return projectCells(
        'participation',
        rows.map(({ band, counts }) => ({ label: band, counts })),
        table,
      );
    }
    case 6: {
      const { rows, ...table } = publishedTable(tables, 6);
      return projectCells(
        'status',
        rows.map(({ status, counts }) => ({ label: status, counts })),
        table,
      );
    }
    case 8: {
      const { rows, ...table } = publishedTable(tables, 8);
      return projectCells(
        'impact',
        rows.map(({ impact, counts }) => ({ label: impact, counts })),
        table,
      );
    }
    case 10: {
      const { rows, ...table } = publishedTable(tables, 10);
      return projectCells(
        'shareability',
        rows.map(({ shareability, counts }) => ({ label: shareability, counts })),
        table,
      );
    }
    case 11: {
      const { rows, ...table } = publishedTable(tables, 11);
      return projectCells(
        'scalability',
        rows.map(({ scalability, counts }) => ({ label: scalability, counts })),
        table,
      );
    }
  }
}

/** Table 12: three scales of the projects of one rubric, one under the other. */
export function rubricTableCells(): PrintedCell[] {
  const { filter, periods, blocks } = publishedTable(readPublishedTables(), 12);
  const within = [at('rubric', levelKeyOf('rubric', filter.rubric))];
  return blocks.flatMap(({ measure, rows, totals }) => {
    const block = projectScales.find(({ key }) => key === measure)?.label.nl ?? measure;
    const labelled = rows.map(([label, counts]) => ({ label, counts }));
    return projectCells(measure, labelled, { block, within, periods, totals });
  });
}
