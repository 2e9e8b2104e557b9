import { setTimeout as delay } from 'node:timers/promises';

export interface PollOptions<T> {
  /** Whether the value is the one that is waited for. */
  readonly isDone: (value: T) => boolean;
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** Reads a value again and again until it is the one that is waited for, or time is up. Resolves to the last value read. */
export async function poll<T>(read: () => Promise<T>, { isDone, intervalMs, timeoutMs }: PollOptions<T>): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isDone(value) || performance.now() >= deadline) return value;
    await delay(intervalMs);
  }
}
