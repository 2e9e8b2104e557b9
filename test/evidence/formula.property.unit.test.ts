import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCell } from '../../events/formula/cell-reference.js';
import { evaluate as evaluateOurs } from '../../events/formula/formula.js';
import { readFormula } from '../../events/formula/read.js';
import { evaluate, parseFormula } from '../../verifier/verify.mjs';

const words = [
  'regions',
  'projects',
  '[',
  ']',
  'a',
  'b-c',
  '10-plus',
  '=',
  '|',
  ',',
  '@',
  '2020-10',
  ' ',
  '(',
  ')',
  '+',
  '-',
  '*',
  '/',
  '2',
  '0.5',
  '0',
  '9'.repeat(400),
];

/** Texts that are formulas, and texts that nearly are. */
const formula = fc.letrec<{ sum: string }>((tie) => {
  const condition = fc.constantFrom('a', 'a=1', 'b=1|2', 'c=10-plus', 'b');
  const cell = fc
    .tuple(
      fc.constantFrom('regions', 'projects'),
      fc.array(condition, { maxLength: 3 }),
      fc.constantFrom('', '@2020-10', ' @ 2019-03'),
    )
    .map(
      ([noun, conditions, period]) => `${noun}${conditions.length > 0 ? `[${conditions.join(', ')}]` : ''}${period}`,
    );
  return {
    sum: fc.oneof(
      { depthSize: 'small' },
      cell,
      fc.constantFrom('0', '1', '0.5', '100', '9007199254740991'),
      fc.tuple(tie('sum'), fc.constantFrom(' + ', ' - ', '*', ' / '), tie('sum')).map((parts) => parts.join('')),
      tie('sum').map((inner) => `-${inner}`),
      tie('sum').map((inner) => `(${inner})`),
    ),
  };
}).sum;
const text = fc.oneof(
  formula,
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join('')),
);

/** A count that differs from cell to cell, and none for some. */
const countOf = (spelling: string): number | null => {
  const sum = Buffer.from(spelling).reduce((total, byte) => (total * 31 + byte) % 997, 7);
  return sum % 5 === 0 ? null : sum % 50;
};

function ours(source: string): number | string | null {
  const read = readFormula(source);
  if ('problem' in read) return 'no formula';
  const value = evaluateOurs(read.formula, (cell) => {
    const count = countOf(writeCell(cell, 'own'));
    return count === null ? { problem: '-' } : { value: count };
  });
  return 'value' in value ? value.value : null;
}

function theirs(source: string): number | string | null {
  let formula;
  try {
    formula = parseFormula(source);
  } catch {
    return 'no formula';
  }
  return evaluate(formula, ({ kind, conditions, period }) =>
    countOf(writeCell({ subjects: kind, conditions, period }, 'own')),
  );
}

describe('a formula, as the verifier reads it', () => {
  it('is a formula where it is one for the program, and comes to the same', () => {
    const seen = { formula: 0, value: 0, none: 0 };
    fc.assert(
      fc.property(text, (source) => {
        const expected = ours(source);
        seen[expected === 'no formula' ? 'none' : expected === null ? 'formula' : 'value'] += 1;
        expect(theirs(source)).toBe(expected);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(seen.formula, seen.value, seen.none)).toBeGreaterThan(100);
  });

  it.each([
    `${'('.repeat(51)}1${')'.repeat(51)}`,
    `${'-'.repeat(51)}1`,
    `${'('.repeat(50)}1${')'.repeat(50)}`,
    '1'.repeat(400),
  ])('is bounded as it is for the program: %s', (source) => {
    expect(theirs(source)).toBe(ours(source));
  });
});
