import { setTimeout as delay } from 'node:timers/promises';

export interface RetryOptions {
  /** No attempt begins later than this after the first one. */
  readonly timeoutMs: number;
  /** Whether another attempt may succeed where this error failed one. */
  readonly isRetryable: (error: unknown) => boolean;
  /** Whether nobody waits for the outcome any more: the next failure is then the last. */
  readonly isCancelled?: () => boolean;
  /** The longest delay after the first failure. It doubles with each failure after that. */
  readonly minDelayMs?: number;
  /** The longest delay after any failure. */
  readonly maxDelayMs?: number;
}

/** withRetry with its options given. */
export type Retry = <T>(attempt: () => Promise<T>) => Promise<T>;

/**
 * Repeats an attempt until it succeeds, time is up, or the error is not worth another attempt; then rejects with the last error.
 * Each delay is drawn at random from the upper half of its range, so that many who fail together do not retry together.
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { timeoutMs, isRetryable, isCancelled = () => false, minDelayMs = 20, maxDelayMs = 1000 } = options;
  const deadline = performance.now() + timeoutMs;
  for (let delayMs = minDelayMs; ; delayMs = Math.min(maxDelayMs, delayMs * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRetryable(error) || isCancelled() || performance.now() + delayMs > deadline) throw error;
    }
    await delay(delayMs * (0.5 + Math.random() / 2));
  }
}
