import type { CellReference } from '../../events/formula/cell-reference.js';
import { cellsOf } from '../../events/formula/formula.js';
import { readFormula } from '../../events/formula/read.js';
import { allPeriods } from '../../projections/periods/queries.js';
import type { ReadDatabase } from '../../projections/read-database.js';
import { governingPositions } from '../../projections/statements/queries/placements.js';
import { population } from '../../projections/statements/queries/population.js';
import type { Publication } from './publications.js';

const cellsIn = (text: string): CellReference[] => {
  const read = readFormula(text);
  return 'problem' in read ? [] : cellsOf(read.formula);
};

/**
 * The positions of the statements that determine the cells of a publication: those by which each subject exists at the date of
 * the cell, and those that give its level on each scale of the cell.
 */
export async function cellStatementPositions(db: ReadDatabase, { data, position }: Publication): Promise<Set<number>> {
  const dates = new Map((await allPeriods(db, position)).map(({ key, referenceDate }) => [key, referenceDate]));
  const cells = data.cells.flatMap(({ cell }) => cellsIn(cell));
  const positions = new Set<number>();
  for (const group of Map.groupBy(cells, ({ subjects, period }) => `${subjects} ${period}`).values()) {
    // A group of Map.groupBy is never empty.
    const [{ subjects, period }] = group as [CellReference];
    const asOf = dates.get(period ?? data.period);
    if (asOf === undefined) continue;
    const point = { asOf, position };
    const ids = (await population(db, subjects, {}, point)).map(({ id }) => id);
    const scales = new Set(['existence', ...group.flatMap(({ conditions }) => conditions.map(({ scale }) => scale))]);
    for (const scale of scales) {
      for (const governing of await governingPositions(db, ids, scale, point)) positions.add(governing);
    }
  }
  return positions;
}
