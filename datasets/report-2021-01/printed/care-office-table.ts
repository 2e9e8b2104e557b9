import type { PrintedCell } from '../../../events/reports.js';
import { publishedTable, readPublishedTables } from '../../read-facts/published-tables.js';
import { careOfficeKeyOf, levelKeyOf } from '../../vocabulary/projects.js';
import { at, cellsOfGrid, onAny, TOTAL } from './grid.js';

/** Table 4: projects by rubric and care office. */
export function careOfficeTableCells(): PrintedCell[] {
  const { rows, columns, columnTotals, total, period } = publishedTable(readPublishedTables(), 4);
  return cellsOfGrid({
    block: null,
    subjects: 'PROJECT',
    rows: [
      ...rows.map(({ rubric }) => ({ label: rubric, conditions: [at('rubric', levelKeyOf('rubric', rubric))] })),
      { label: TOTAL, conditions: [onAny('rubric')] },
    ],
    columns: [
      ...columns.map((label) => ({ label, conditions: [at('care-office', careOfficeKeyOf(label))], period })),
      { label: TOTAL, conditions: [onAny('care-office')], period },
    ],
    figures: [...rows.map((row) => [...row.counts, row.total]), [...columnTotals, total]],
  });
}
