import { expect, it } from 'vitest';
import { newTokenBucket } from '../../src/concurrency/token-bucket.js';

it('allows a burst of its capacity, then one token per interval, and never holds more than its capacity', () => {
  let now = 0;
  const bucket = newTokenBucket({ capacity: 3, refillIntervalMs: 1_000, clock: () => now });
  const taken = (attempts: number): number =>
    Array.from({ length: attempts }, () => bucket.tryTake()).filter(Boolean).length;
  expect(taken(10)).toBe(3);
  now += 999;
  expect(taken(10)).toBe(0);
  now += 1;
  expect(taken(10)).toBe(1);
  now += 2_500;
  expect(taken(10)).toBe(2);
  now += 1_000_000;
  expect(taken(10)).toBe(3);
});
