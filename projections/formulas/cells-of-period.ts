import { writeCell, type CellReference } from '../../events/formula/cell-reference.js';
import { cellsOf } from '../../events/formula/formula.js';
import { readFormula } from '../../events/formula/read.js';
import type { CountedCell } from '../../events/periods.js';
import type { ReadDatabase } from '../read-database.js';
import { reportsAt } from '../reports/queries.js';
import { scalesAt } from '../scales/queries.js';
import { newCellCounter } from './cell-counter.js';

/** Every level of every scale, and any level at all: what any table of the period is made of, totals included. */
async function levelsAt(db: ReadDatabase, position: number): Promise<CellReference[]> {
  return (await scalesAt(db, position)).flatMap(({ key: scale, subjectKind: subjects, levels }) =>
    [null, ...levels.map(({ key }) => [key])].map((wanted) => ({
      subjects,
      conditions: [{ scale, levels: wanted }],
      period: null,
    })),
  );
}

/** A formula that cannot be parsed has no cells; the field that shows it says why. */
const cellsOfText = (text: string): CellReference[] => {
  const read = readFormula(text);
  return 'problem' in read ? [] : cellsOf(read.formula);
};

/** What the reports on the period refer to. */
async function printedFor(db: ReadDatabase, period: string, position: number): Promise<CellReference[]> {
  const reports = (await reportsAt(db, position)).filter((report) => report.period === period);
  const formulas = reports.flatMap(({ tables, claims }) => [...tables.flatMap(({ cells }) => cells), ...claims]);
  return formulas.flatMap(({ formula }) => (formula === null ? [] : cellsOfText(formula)));
}

/**
 * The counts that a publication of the period keeps: at its reference date, each level of each scale, each scale with any level
 * at all, and each cell that a report on the period refers to. Each cell has one spelling, by which the counts are sorted; cells
 * that cannot be counted are left out.
 */
export async function cellsOfPeriod(db: ReadDatabase, period: string, position: number): Promise<CountedCell[]> {
  const cells = [...(await levelsAt(db, position)), ...(await printedFor(db, period, position))];
  const bySpelling = new Map(cells.map((cell) => [writeCell(cell, period), cell]));
  const counter = await newCellCounter(db, cells, period, position);
  return [...bySpelling]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cell, reference]) => {
      const counted = counter.count(reference);
      return 'value' in counted ? [{ cell, count: counted.value }] : [];
    });
}
