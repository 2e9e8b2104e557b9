import { describe, expect, it } from 'vitest';
import { withRetry } from '../../src/concurrency/retry.js';

const options = { timeoutMs: 60_000, isRetryable: () => true, minDelayMs: 1, maxDelayMs: 2 };

/** An attempt that fails so often before it succeeds. */
function failing(failures: number) {
  const attempt = async (): Promise<number> => {
    attempt.count += 1;
    if (attempt.count <= failures) throw new Error(`Attempt ${attempt.count} failed.`);
    return attempt.count;
  };
  attempt.count = 0;
  return attempt;
}

describe('withRetry', () => {
  it('repeats an attempt until it succeeds', async () => {
    expect(await withRetry(failing(3), options)).toBe(4);
  });

  it('rejects at once with an error that is not worth another attempt', async () => {
    const attempt = failing(1);
    await expect(withRetry(attempt, { ...options, isRetryable: () => false })).rejects.toThrow('Attempt 1 failed.');
    expect(attempt.count).toBe(1);
  });

  it('rejects with the last error when time is up', async () => {
    const attempt = failing(Infinity);
    await expect(withRetry(attempt, { ...options, timeoutMs: 20 })).rejects.toThrow(/^Attempt \d+ failed\.$/);
    expect(attempt.count).toBeGreaterThan(1);
  });

  it('makes one attempt where there is no time for a delay', async () => {
    const attempt = failing(1);
    await expect(withRetry(attempt, { ...options, timeoutMs: 0 })).rejects.toThrow('Attempt 1 failed.');
    expect(attempt.count).toBe(1);
  });

  it('makes the next failure the last once nobody waits any more', async () => {
    const attempt = failing(Infinity);
    await expect(withRetry(attempt, { ...options, isCancelled: () => attempt.count === 2 })).rejects.toThrow(
      'Attempt 2 failed.',
    );
  });
});
