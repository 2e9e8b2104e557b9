import { expect, it } from 'vitest';
import { parseFormula } from '../../events/formula/parse.js';
import { readFormula } from '../../events/formula/read.js';

it('a text that is a formula is read as it is parsed', () => {
  const text = '100 * regions[agreements=4] / regions[agreements]';
  expect(readFormula(text)).toEqual({ formula: parseFormula(text) });
});

it('a text that is no formula is answered with the reason', () => {
  expect(readFormula('projects[]')).toEqual({ problem: "Expected a scale, found ']' (at character 10)" });
});
