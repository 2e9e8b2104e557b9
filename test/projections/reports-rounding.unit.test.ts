import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { rounded } from '../../projections/reports/rounding.js';

it.each([
  [2.5, 0, 3],
  [-2.5, 0, -3],
  [0.5, 0, 1],
  [2.4999, 0, 2],
  [1.005, 2, 1.01],
  [1.255, 2, 1.26],
  [-1.005, 2, -1.01],
  [8.345, 2, 8.35],
  [(100 * 9) / 113, 1, 8],
  [(100 * 6) / 205, 2, 2.93],
  [(100 * 1) / 16, 1, 6.3],
  [100, 2, 100],
  [0, 1, 0],
])('rounds %d to %d digits half away from zero: %d', (value, decimals, expected) => {
  expect(rounded(value, decimals)).toBe(expected);
});

it('gives no negative zero, which people do not write', () => {
  expect(Object.is(rounded(-0.01, 1), 0)).toBe(true);
});

it('leaves a number as it is that has no more digits than wanted', () => {
  const written = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(6));
  fc.assert(
    fc.property(written, ([digits, decimals]) => {
      const value = Number(`${digits}e-${decimals}`);
      expect(rounded(value, decimals)).toBe(value || 0);
    }),
  );
});

it('is never off by more than half a unit of the last digit', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(6), (value, decimals) => {
      expect(Math.abs(rounded(value, decimals) - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-9);
    }),
  );
});
