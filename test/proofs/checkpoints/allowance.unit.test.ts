import { expect, it } from 'vitest';
import { newAllowance } from '../../../src/concurrency/token-bucket.js';

it('allows so much at once, then one at a time, and never more than at first', () => {
  let now = 0;
  const allows = newAllowance({ most: 3, every: 1_000, clock: () => now });
  const allowed = (asked: number): number => Array.from({ length: asked }, allows).filter(Boolean).length;
  expect(allowed(10)).toBe(3);
  now += 999;
  expect(allowed(10)).toBe(0);
  now += 1;
  expect(allowed(10)).toBe(1);
  now += 2_500;
  expect(allowed(10)).toBe(2);
  now += 1_000_000;
  expect(allowed(10)).toBe(3);
});
