import { expect, it } from 'vitest';
import { poll } from '../../src/concurrency/poll.js';

const counter = () => {
  let count = 0;
  return async () => (count += 1);
};

it('reads until the value is the one that is waited for', async () => {
  expect(await poll(counter(), { isDone: (count) => count === 3, intervalMs: 1, timeoutMs: 60_000 })).toBe(3);
});

it('resolves to the last value read when time is up', async () => {
  expect(await poll(counter(), { isDone: () => false, intervalMs: 1, timeoutMs: 0 })).toBe(1);
  expect(await poll(counter(), { isDone: () => false, intervalMs: 1, timeoutMs: 10 })).toBeGreaterThan(1);
});
