import { writeCell, type CellReference } from '../../events/formula/cell-reference.js';
import { cellsOf } from '../../events/formula/formula.js';
import { parseFormula } from '../../events/formula/parse.js';
import type { SubjectKind } from '../../events/primitives.js';
import type { PeriodId } from './periods.js';
import { printedReport } from './printed/report.js';
import { definedScales } from './scales.js';

/** The periods from which on each kind of subject is assessed. */
const assessedSince: Readonly<Record<SubjectKind, PeriodId>> = { REGION: '2019-03', PROJECT: '2020-03' };

/** Every level of every scale that a period assesses, and any level at all. */
const levelCells = (period: PeriodId): CellReference[] =>
  definedScales()
    .filter(({ subjectKind }) => assessedSince[subjectKind] <= period)
    .flatMap(({ key: scale, subjectKind: subjects, levels }) =>
      [null, ...levels.map(({ key }) => [key])].map((wanted) => ({
        subjects,
        conditions: [{ scale, levels: wanted }],
        period,
      })),
    );

/**
 * What is counted when a period is published: the cells that the report's figures of the period follow from, and of the
 * report's own period all that any figure follows from; and beyond what is printed, the levels of every scale assessed.
 * Each once, in the order of their spelling.
 */
export function countedCells(period: PeriodId): CellReference[] {
  const report = printedReport();
  const printed = [...report.tables.flatMap(({ cells }) => cells), ...report.claims]
    .flatMap(({ formula }) => (formula === null ? [] : cellsOf(parseFormula(formula))))
    .filter((cell) => period === report.period || cell.period === period);
  const cells = new Map([...printed, ...levelCells(period)].map((cell) => [writeCell(cell, period), cell]));
  return [...cells.keys()].sort().flatMap((name) => cells.get(name) ?? []);
}
