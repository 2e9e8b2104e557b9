import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCell, type CellReference } from '../../events/formula/cell-reference.js';
import { cellsOf, type Formula } from '../../events/formula/formula.js';
import { parseFormula } from '../../events/formula/parse.js';
import { FormulaError } from '../../events/formula/tokens.js';
import { codePoint } from '../support/code-point.js';

const cell = (reference: Partial<CellReference>): Formula => ({
  kind: 'CELL',
  cell: { subjects: 'PROJECT', conditions: [], period: null, ...reference },
});

describe('a cell', () => {
  it('is a noun alone, or with conditions, or with a period', () => {
    expect(parseFormula('projects')).toEqual(cell({}));
    expect(parseFormula('regions@2019-03')).toEqual(cell({ subjects: 'REGION', period: '2019-03' }));
    expect(parseFormula('regions[agreements=4]')).toEqual(
      cell({ subjects: 'REGION', conditions: [{ scale: 'agreements', levels: ['4'] }] }),
    );
  });

  it('may take one of several levels, or any', () => {
    expect(parseFormula('projects[start=2020|2021, rubric]@2020-10')).toEqual(
      cell({
        conditions: [
          { scale: 'start', levels: ['2020', '2021'] },
          { scale: 'rubric', levels: null },
        ],
        period: '2020-10',
      }),
    );
  });

  it('reads keys that begin with a digit or look like a number', () => {
    expect(parseFormula('projects[participation=10-plus|1-3]')).toEqual(
      cell({ conditions: [{ scale: 'participation', levels: ['10-plus', '1-3'] }] }),
    );
    expect(parseFormula('projects@2020')).toEqual(cell({ period: '2020' }));
  });

  it('may have blanks anywhere between its words', () => {
    expect(parseFormula(' projects [ start = 2020 |\t2021 ] @ 2020-10 \n')).toEqual(
      parseFormula('projects[start=2020|2021]@2020-10'),
    );
  });

  it('ends before a minus that stands apart, while one that touches the period belongs to it', () => {
    expect(parseFormula('projects@2020-10 - 5').kind).toBe('OPERATION');
    expect(parseFormula('projects@2020-10-5')).toEqual(cell({ period: '2020-10-5' }));
  });

  it('is written in one spelling, whatever the order in which it was written', () => {
    const spelling = 'projects[rubric, start=2020|2021]@2020-10';
    for (const text of [
      'projects[start=2021|2020|2021, rubric]',
      'projects[rubric,start=2020|2021]@2020-10',
      spelling,
    ]) {
      const formula = parseFormula(text);
      expect(formula.kind === 'CELL' && writeCell(formula.cell, '2020-10')).toBe(spelling);
    }
    expect(writeCell({ subjects: 'REGION', conditions: [], period: null }, '2020-10')).toBe('regions@2020-10');
  });
});

describe('an expression', () => {
  const number = (value: number): Formula => ({ kind: 'NUMBER', value });
  const operation = (left: Formula, operator: '+' | '-' | '*' | '/', right: Formula): Formula => ({
    kind: 'OPERATION',
    operator,
    left,
    right,
  });

  it('multiplies and divides before it adds and subtracts', () => {
    expect(parseFormula('1 + 2 * 3')).toEqual(operation(number(1), '+', operation(number(2), '*', number(3))));
    expect(parseFormula('1 / 2 - 3')).toEqual(operation(operation(number(1), '/', number(2)), '-', number(3)));
  });

  it('goes from left to right among its equals', () => {
    expect(parseFormula('1 - 2 - 3')).toEqual(operation(operation(number(1), '-', number(2)), '-', number(3)));
    expect(parseFormula('8 / 4 * 2')).toEqual(operation(operation(number(8), '/', number(4)), '*', number(2)));
  });

  it('does what is in brackets first, and negates what follows a minus', () => {
    expect(parseFormula('(1 + 2) * 3')).toEqual(operation(operation(number(1), '+', number(2)), '*', number(3)));
    expect(parseFormula('-2 * 3')).toEqual(operation({ kind: 'NEGATION', of: number(2) }, '*', number(3)));
    expect(parseFormula('1 - -2.5')).toEqual(operation(number(1), '-', { kind: 'NEGATION', of: number(2.5) }));
  });

  it('refers to its cells as often as it names them', () => {
    expect(cellsOf(parseFormula('100 * projects / (projects + regions) - -projects'))).toHaveLength(4);
    expect(cellsOf(parseFormula('1 + 2'))).toEqual([]);
  });
});

it.each([
  ['', "Expected a number, 'regions', 'projects', '-' or '(', found the end (at character 1)"],
  ['   ', "Expected a number, 'regions', 'projects', '-' or '(', found the end (at character 4)"],
  ['subjects', "Expected 'regions' or 'projects', found 'subjects' (at character 1)"],
  ['1 +', "Expected a number, 'regions', 'projects', '-' or '(', found the end (at character 4)"],
  ['1 + * 2', "Expected a number, 'regions', 'projects', '-' or '(', found '*' (at character 5)"],
  ['(1 + 2', "Expected ')', found the end (at character 7)"],
  ['1 2', "Expected an operator or the end, found '2' (at character 3)"],
  ['projects)', "Expected an operator or the end, found ')' (at character 9)"],
  ['projects projects', "Expected an operator or the end, found 'projects' (at character 10)"],
  ['projects[]', "Expected a scale, found ']' (at character 10)"],
  ['projects[=1]', "Expected a scale, found '=' (at character 10)"],
  ['projects[status=]', "Expected a level, found ']' (at character 17)"],
  ['projects[status=running|]', "Expected a level, found ']' (at character 25)"],
  ['projects[status=running', "Expected ']', found the end (at character 24)"],
  ['projects[status=running status=stopped]', "Expected ']', found 'status' (at character 25)"],
  [
    'projects[status=running, status=stopped]',
    "Scale 'status' is named twice; join its levels by '|' (at character 26)",
  ],
  ['projects[status],', "Expected an operator or the end, found ',' (at character 17)"],
  ['projects@', 'Expected a period, found the end (at character 10)'],
  ['projects[a]@[b]', "Expected a period, found '[' (at character 13)"],
  ['projects[status="running"]', "'\"' is no part of a formula (at character 17)"],
  ['1 % 2', "'%' is no part of a formula (at character 3)"],
  ['1 + 🙂', "'🙂' is no part of a formula (at character 5)"],
  ['1.', "'.' is no part of a formula (at character 2)"],
  ['1e5', "Expected an operator or the end, found 'e5' (at character 2)"],
  [`1 + ${'9'.repeat(400)}`, 'The number is too large to compute with (at character 5)'],
])('says of %j where it stops being a formula and what was expected', (text, message) => {
  expect(() => parseFormula(text)).toThrow(FormulaError);
  expect(() => parseFormula(text)).toThrow(message);
});

describe('nesting', () => {
  const nested = (depth: number): string => `${'('.repeat(depth)}1${')'.repeat(depth)}`;

  it('goes fifty deep and no deeper', () => {
    expect(parseFormula(nested(50))).toEqual({ kind: 'NUMBER', value: 1 });
    expect(() => parseFormula(nested(51))).toThrow('The formula is nested more than 50 deep (at character 52)');
    expect(() => parseFormula(`${'-'.repeat(51)}1`)).toThrow('nested more than 50 deep');
  });

  it('is not what a long sum does', () => {
    expect(cellsOf(parseFormula(Array.from({ length: 400 }, () => 'projects').join(' + ')))).toHaveLength(400);
  });
});

const key = fc.stringMatching(/^[A-Za-z0-9]{1,5}(-[A-Za-z0-9]{1,3}){0,2}$/);

const reference: fc.Arbitrary<CellReference> = fc.record({
  subjects: fc.constantFrom('REGION' as const, 'PROJECT' as const),
  conditions: fc
    .uniqueArray(fc.tuple(key, fc.option(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }))), {
      selector: ([scale]) => scale,
      maxLength: 3,
    })
    .map((conditions) =>
      conditions
        .map(([scale, levels]) => ({ scale, levels: levels && [...levels].sort() }))
        .sort((a, b) => (a.scale < b.scale ? -1 : 1)),
    ),
  period: key,
});

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    fc.record({ kind: fc.constant('NUMBER' as const), value: fc.nat(1_000_000).map((value) => value / 100) }),
    fc.record({ kind: fc.constant('CELL' as const), cell: reference }),
    fc.record({ kind: fc.constant('NEGATION' as const), of: tie('formula') }),
    fc.record({
      kind: fc.constant('OPERATION' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      left: tie('formula'),
      right: tie('formula'),
    }),
  ),
}));

function print(written: Formula): string {
  switch (written.kind) {
    case 'NUMBER':
      return String(written.value);
    case 'CELL':
      return writeCell(written.cell, '');
    case 'NEGATION':
      return `-(${print(written.of)})`;
    case 'OPERATION':
      return `(${print(written.left)}) ${written.operator} (${print(written.right)})`;
  }
}

it('reads every formula that can be written as it was meant', () => {
  fc.assert(
    fc.property(formula, (written) => {
      expect(parseFormula(print(written))).toEqual(written);
    }),
  );
});

it('either reads a text or says at which of its characters it cannot', () => {
  const words = [
    'projects',
    'regions',
    '[',
    ']',
    '(',
    ')',
    '@',
    '=',
    '|',
    ',',
    '+',
    '-',
    '*',
    '/',
    '2020-10',
    'a',
    ' ',
    'é',
  ];
  const text = fc.oneof(
    fc.string({ unit: codePoint }),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (anything) => {
      try {
        parseFormula(anything);
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
        const { at, message } = error as FormulaError;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(anything.length);
        expect(message).toMatch(/ \(at character \d+\)$/);
      }
    }),
  );
});
