import { expect, it } from 'vitest';
import { withTimeout } from '../../src/concurrency/timeout.js';

const tooLate = () => new Error('Too late.');

it('passes on what the promise comes to in time', async () => {
  expect(await withTimeout(Promise.resolve(1), 60_000, tooLate)).toBe(1);
  await expect(withTimeout(Promise.reject(new Error('It failed.')), 60_000, tooLate)).rejects.toThrow('It failed.');
});

it('rejects when time is up', async () => {
  await expect(withTimeout(new Promise(() => {}), 1, tooLate)).rejects.toThrow('Too late.');
});
