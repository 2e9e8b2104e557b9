import type { PrintedCell } from '../../../events/reports.js';
import { publishedTable, readPublishedTables } from '../../read-facts/published-tables.js';
import { phaseScaleKeys } from '../scales.js';
import { cellsOverPeriods } from './over-periods.js';

/** Tables 1 to 3: regions by phase. */
export function phaseTableCells(number: 1 | 2 | 3): PrintedCell[] {
  const { scale, rows, ...table } = publishedTable<1 | 2 | 3>(readPublishedTables(), number);
  return cellsOverPeriods({
    ...table,
    block: null,
    subjects: 'REGION',
    scale: phaseScaleKeys[scale],
    within: [],
    rows: rows.map(({ phase, label, counts }) => ({ label, level: String(phase), counts })),
  });
}
