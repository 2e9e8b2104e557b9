import type { CellReference } from './cell-reference.js';

/** An arithmetic expression over counts of subjects. Nothing else can be said in it: it is safe to compute. */
export type Formula =
  | { readonly kind: 'NUMBER'; readonly value: number }
  | { readonly kind: 'CELL'; readonly cell: CellReference }
  | { readonly kind: 'NEGATION'; readonly of: Formula }
  | { readonly kind: 'OPERATION'; readonly operator: Operator; readonly left: Formula; readonly right: Formula };

export type Operator = '+' | '-' | '*' | '/';

/** Every cell that a formula refers to, as often as it does. */
export function cellsOf(formula: Formula): CellReference[] {
  switch (formula.kind) {
    case 'NUMBER':
      return [];
    case 'CELL':
      return [formula.cell];
    case 'NEGATION':
      return cellsOf(formula.of);
    case 'OPERATION':
      return [...cellsOf(formula.left), ...cellsOf(formula.right)];
  }
}

/** The cells whose subjects a formula counts: those that it only divides by are what a share is of, not what is counted. */
export function countedCellsOf(formula: Formula): CellReference[] {
  switch (formula.kind) {
    case 'NEGATION':
      return countedCellsOf(formula.of);
    case 'OPERATION':
      return [...countedCellsOf(formula.left), ...(formula.operator === '/' ? [] : countedCellsOf(formula.right))];
    default:
      return cellsOf(formula);
  }
}

/** The value of a formula, or why it has none: a cell without a count, a division by zero, a number beyond all bounds. */
export type Value = { readonly value: number } | { readonly problem: string };

/** @param count the count of a cell, or why it has none */
export function evaluate(formula: Formula, count: (cell: CellReference) => Value): Value {
  switch (formula.kind) {
    case 'NUMBER':
      return inBounds(formula.value);
    case 'CELL':
      return count(formula.cell);
    case 'NEGATION': {
      const of = evaluate(formula.of, count);
      return 'value' in of ? { value: -of.value } : of;
    }
    case 'OPERATION': {
      const left = evaluate(formula.left, count);
      if ('problem' in left) return left;
      const right = evaluate(formula.right, count);
      if ('problem' in right) return right;
      return operate(formula.operator, left.value, right.value);
    }
  }
}

function operate(operator: Operator, left: number, right: number): Value {
  if (operator === '/' && right === 0) return { problem: 'It divides by zero.' };
  return inBounds(operations[operator](left, right));
}

const inBounds = (value: number): Value =>
  Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? { value }
    : { problem: 'It comes to a number too large to compute with.' };

const operations: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
