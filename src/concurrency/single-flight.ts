import { newMutex, type Mutex } from './mutex.js';

/**
 * Shares the runs of a task among its callers. A call joins a run that has not begun yet, never one that has: a run under way
 * may have missed the state that the caller knows of. So however many call during a run, one run after it serves them all.
 * @param mutex what the runs are exclusive with, besides each other
 */
export function singleFlight<T>(task: () => Promise<T>, mutex: Mutex = newMutex()): () => Promise<T> {
  let next: Promise<T> | null = null;
  return () =>
    (next ??= mutex.runExclusive(() => {
      next = null;
      return task();
    }));
}
