import type { Formula } from './formula.js';
import { parseFormula } from './parse.js';
import { FormulaError } from './tokens.js';

/** A formula, or why the text is none: for those to whom a text that is no formula is an answer, not an accident. */
export function readFormula(text: string): { readonly formula: Formula } | { readonly problem: string } {
  try {
    return { formula: parseFormula(text) };
  } catch (error) {
    if (error instanceof FormulaError) return { problem: error.message };
    throw error;
  }
}
