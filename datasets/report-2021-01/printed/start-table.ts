import type { PrintedCell } from '../../../events/reports.js';
import { publishedTable, readPublishedTables } from '../../read-facts/published-tables.js';
import { levelKeyOf } from '../../vocabulary/projects.js';
import { at, cellsOfGrid, onAny, TOTAL, type Column } from './grid.js';

const PERIOD = '2020-10';

const newOnes = at('start', '2020', '2021');
const earlierOnes = at('start', '2018-2019');
const all = { label: TOTAL, conditions: [onAny('rubric')] };

/**
 * The columns in printed order. Both columns of percentages are printed 'Procentueel': the years that they are percentages
 * of tell them apart here.
 */
const columns: readonly Column[] = [
  { label: 'Start 2020', conditions: [at('start', '2020')], period: PERIOD },
  { label: 'Start in 2021', conditions: [at('start', '2021')], period: PERIOD },
  { label: 'Totaal 2020-2021', conditions: [newOnes], period: PERIOD },
  {
    label: 'Procentueel (2020-2021)',
    conditions: [newOnes],
    period: PERIOD,
    percentOf: { whole: all, decimals: 1 },
  },
  { label: 'Aanvang 2018-2019', conditions: [earlierOnes], period: PERIOD },
  {
    label: 'Procentueel (2018-2019)',
    conditions: [earlierOnes],
    period: PERIOD,
    percentOf: { whole: all, decimals: 2 },
  },
];

/** Table 7: projects by rubric and start, in numbers and percentages. */
export function startTableCells(): PrintedCell[] {
  const { rows, totals } = publishedTable(readPublishedTables(), 7);
  return cellsOfGrid({
    block: null,
    subjects: 'PROJECT',
    rows: [
      ...rows.map(({ rubric }) => ({ label: rubric, conditions: [at('rubric', levelKeyOf('rubric', rubric))] })),
      all,
    ],
    columns,
    figures: [...rows.map(({ counts }) => counts), totals],
  });
}
