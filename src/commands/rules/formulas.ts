import { writeCell } from '../../../events/formula/cell-reference.js';
import { readFormula } from '../../../events/formula/read.js';
import { refuse } from '../refusal.js';
import type { Rule } from '../define-rules.js';

/** What a report's figures would follow from can be read. Whether it can be counted is for the reader's moment to tell. */
export const formulasAreReadable: Rule<'ReportPublished'> = (_, { data: { tables, claims } }) => {
  const formulas = [...tables.flatMap(({ cells }) => cells), ...claims].flatMap(({ formula }) => formula ?? []);
  for (const formula of formulas) {
    const read = readFormula(formula);
    if ('problem' in read) {
      return refuse('MALFORMED_VALUE', 'formula', `'${formula}' is no formula: ${read.problem}.`);
    }
  }
  return null;
};

/** Recorded counts are found again by the spelling of their cell: it must be the one that cells are written in, and once. */
export const cellsAreReadable: Rule<'PeriodPublished'> = (_, { data: { period, cells } }) => {
  const seen = new Set<string>();
  for (const { cell } of cells) {
    const read = readFormula(cell);
    if ('problem' in read) return refuse('MALFORMED_VALUE', 'cells', `'${cell}' is no cell: ${read.problem}.`);
    if (read.formula.kind !== 'CELL') return refuse('MALFORMED_VALUE', 'cells', `'${cell}' is no cell.`);
    const spelling = writeCell(read.formula.cell, period);
    if (spelling !== cell) return refuse('MALFORMED_VALUE', 'cells', `Cell '${cell}' is written '${spelling}'.`);
    if (seen.has(cell)) return refuse('MALFORMED_VALUE', 'cells', `Cell '${cell}' is counted twice.`);
    seen.add(cell);
  }
  return null;
};
