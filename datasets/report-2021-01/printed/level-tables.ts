import type { CellCondition } from '../../../events/formula/cell-reference.js';
import type { PrintedCell } from '../../../events/reports.js';
import { levelTables, rubricTableBlocks, type LevelTable } from '../../level-tables.js';
import { publishedTable, readPublishedTables } from '../../read-facts/published-tables.js';
import { levelKeyOf, projectScales } from '../../vocabulary/projects.js';
import { at } from './grid.js';
import { cellsOverPeriods } from './over-periods.js';

const projectCells = (
  { scale, periods, rows, totals }: LevelTable,
  block: string | null,
  within: readonly CellCondition[],
): PrintedCell[] =>
  cellsOverPeriods({
    block,
    subjects: 'PROJECT',
    scale,
    within,
    periods,
    rows: rows.map(({ label, counts }) => ({ label, counts, level: levelKeyOf(scale, label) })),
    totals,
  });

/** Tables 5, 6, 8, 10 and 11: projects by their level on one scale. */
export const levelTableCells = (number: 5 | 6 | 8 | 10 | 11): PrintedCell[] =>
  levelTables(readPublishedTables())
    .filter(({ table }) => table === number)
    .flatMap((table) => projectCells(table, null, []));

/** Table 12: three scales of the projects of one rubric, one under the other. */
export function rubricTableCells(): PrintedCell[] {
  const tables = readPublishedTables();
  const within = [at('rubric', levelKeyOf('rubric', publishedTable(tables, 12).filter.rubric))];
  return rubricTableBlocks(tables).flatMap((block) => {
    const heading = projectScales.find(({ key }) => key === block.scale)?.label.nl ?? block.scale;
    return projectCells(block, heading, within);
  });
}
