import { expect, it } from 'vitest';
import { parseInstant } from '../../src/time/instant.js';

it.each([
  ['2021-01-15T23:59:59.999+01:00', '2021-01-15T22:59:59.999Z'],
  ['2021-01-15t23:59:59z', '2021-01-15T23:59:59.000Z'],
  ['2021-01-15T23:59:59.5-02:30', '2021-01-16T02:29:59.500Z'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
])('%s is stored as %s', (text, instant) => {
  expect(parseInstant(text)).toEqual({ instant });
});

it.each([
  '',
  '2021-01-15',
  '2021-01-15T23:59:59',
  '2021-01-15T23:59Z',
  '2021-01-15T23:59:59.0001Z',
  ' 2021-01-15T00:00:00Z',
])('%j is not an instant', (text) => {
  expect(parseInstant(text)).toEqual({ problem: expect.stringContaining('is not an instant') });
});

it.each([
  '2021-02-29T00:00:00Z',
  '2021-01-15T24:00:00Z',
  '2021-01-15T23:60:00Z',
  '2021-01-15T23:59:60Z',
  '2021-01-15T00:00:00+24:00',
  '2021-01-15T00:00:00+01:60',
])('%s does not exist', (text) => {
  expect(parseInstant(text)).toEqual({ problem: expect.stringContaining('does not exist') });
});

it.each(['0001-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01'])('%s lies outside the years', (text) => {
  expect(parseInstant(text)).toEqual({ problem: expect.stringContaining('outside years 1 to 9999') });
});
