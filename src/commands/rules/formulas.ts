import { writeCell } from '../../../events/formula/cell-reference.js';
import type { Formula } from '../../../events/formula/formula.js';
import { parseFormula } from '../../../events/formula/parse.js';
import { FormulaError } from '../../../events/formula/tokens.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

function read(text: string): Formula | FormulaError {
  try {
    return parseFormula(text);
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
}

/** What a report's figures would follow from can be read. Whether it can be counted is for the reader's moment to tell. */
export const formulasAreReadable: Rule<'ReportPublished'> = (_, { data: { tables, claims } }) => {
  const formulas = [...tables.flatMap(({ cells }) => cells), ...claims].flatMap(({ formula }) => formula ?? []);
  for (const formula of formulas) {
    const problem = read(formula);
    if (problem instanceof FormulaError) {
      return refuse('MALFORMED_VALUE', 'formula', `'${formula}' is no formula: ${problem.message}.`);
    }
  }
  return null;
};

/** Recorded counts are found again by the spelling of their cell: it must be the one that cells are written in, and once. */
export const cellsAreReadable: Rule<'PeriodPublished'> = (_, { data: { period, cells } }) => {
  const seen = new Set<string>();
  for (const { cell } of cells) {
    const formula = read(cell);
    if (formula instanceof FormulaError || formula.kind !== 'CELL') {
      const problem = formula instanceof FormulaError ? `: ${formula.message}` : '';
      return refuse('MALFORMED_VALUE', 'cells', `'${cell}' is no cell${problem}.`);
    }
    const spelling = writeCell(formula.cell, period);
    if (spelling !== cell) return refuse('MALFORMED_VALUE', 'cells', `Cell '${cell}' is written '${spelling}'.`);
    if (seen.has(cell)) return refuse('MALFORMED_VALUE', 'cells', `Cell '${cell}' is counted twice.`);
    seen.add(cell);
  }
  return null;
};
