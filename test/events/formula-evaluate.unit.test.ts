import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCell, type CellReference } from '../../events/formula/cell-reference.js';
import { evaluate, type Value } from '../../events/formula/formula.js';
import { parseFormula } from '../../events/formula/parse.js';

const counts: Readonly<Record<string, number>> = {
  'projects@2020-10': 318,
  'projects[status=running]@2020-10': 244,
  'projects[rubric=efficient-werken]@2020-10': 0,
};

const count = (cell: CellReference): Value => {
  const value = counts[writeCell(cell, '2020-10')];
  return value === undefined ? { problem: 'Nobody counted it.' } : { value };
};

const valueOf = (text: string): Value => evaluate(parseFormula(text), count);

describe('a formula', () => {
  it('is computed from the counts of its cells', () => {
    expect(valueOf('projects - projects[status=running]')).toEqual({ value: 74 });
    expect(valueOf('100 * projects[status=running] / projects')).toEqual({ value: (100 * 244) / 318 });
    expect(valueOf('-projects + (2 - 0.5) * 2')).toEqual({ value: -315 });
  });

  it('counts a cell that names no period at the period of the formula', () => {
    expect(valueOf('projects')).toEqual(valueOf('projects@2020-10'));
  });

  it('has no value where one of its cells has no count, and says why', () => {
    for (const text of ['regions', '1 + regions', 'regions * 0', '-regions', 'projects / regions']) {
      expect(valueOf(text)).toEqual({ problem: 'Nobody counted it.' });
    }
  });

  it('does not divide by zero, not even zero', () => {
    for (const text of [
      'projects / projects[rubric=efficient-werken]',
      '0 / 0',
      '1 / (2 - 2)',
      '1 / -projects[rubric=efficient-werken]',
      '5 + 1 / 0',
    ]) {
      expect(valueOf(text)).toEqual({ problem: 'It divides by zero.' });
    }
  });

  it('does not go beyond what a number can hold', () => {
    const large = `1${'0'.repeat(300)}`;
    for (const text of [`${large} * ${large}`, `-${large} * ${large}`, `${large} / 0.${'0'.repeat(200)}1`]) {
      expect(valueOf(text)).toEqual({ problem: 'It comes to a number too large to compute with.' });
    }
  });

  it('names the first problem from left to right', () => {
    expect(valueOf('1 / 0 + regions')).toEqual({ problem: 'It divides by zero.' });
    expect(valueOf('regions + 1 / 0')).toEqual({ problem: 'Nobody counted it.' });
  });
});

it('is always a finite number or a problem', () => {
  const numeral = fc.nat(1_000_000).map((value) => String(value / 1000));
  const operator = fc.constantFrom(' + ', ' - ', ' * ', ' / ');
  const expression = fc
    .array(fc.tuple(operator, numeral), { maxLength: 60 })
    .chain((rest) => numeral.map((first) => [first, ...rest.map((part) => part.join(''))].join('')));
  fc.assert(
    fc.property(expression, (text) => {
      const found = valueOf(text);
      expect('problem' in found || Number.isFinite(found.value)).toBe(true);
    }),
  );
});
