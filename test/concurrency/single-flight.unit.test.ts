import { describe, expect, it } from 'vitest';
import { newMutex } from '../../src/concurrency/mutex.js';
import { singleFlight } from '../../src/concurrency/single-flight.js';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A task whose runs end when they are told to, each with its number. */
function controlledRuns() {
  const runs: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const task = (): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const number = runs.push({ resolve: () => resolve(number), reject });
    return promise;
  };
  return { runs, task };
}

describe('single flight', () => {
  it('shares one run among those who call before it begins', async () => {
    const { runs, task } = controlledRuns();
    const call = singleFlight(task);
    const calls = [call(), call()];
    await nextTurn();
    runs[0]?.resolve();
    expect(await Promise.all(calls)).toEqual([1, 1]);
  });

  it('gives those who call during a run the run after it, which they share', async () => {
    const { runs, task } = controlledRuns();
    const call = singleFlight(task);
    const early = call();
    await nextTurn();
    const late = [call(), call()];
    await nextTurn();
    expect(runs).toHaveLength(1);
    runs[0]?.resolve();
    expect(await early).toBe(1);
    await nextTurn();
    runs[1]?.resolve();
    expect(await Promise.all(late)).toEqual([2, 2]);
    expect(runs).toHaveLength(2);
  });

  it('goes on after a run that fails', async () => {
    const { runs, task } = controlledRuns();
    const call = singleFlight(task);
    const early = call();
    await nextTurn();
    const late = call();
    runs[0]?.reject(new Error('This one fails.'));
    await expect(early).rejects.toThrow('This one fails.');
    await nextTurn();
    runs[1]?.resolve();
    expect(await late).toBe(2);
  });

  it('lets callers join for as long as the mutex is held by others', async () => {
    const { runs, task } = controlledRuns();
    const mutex = newMutex();
    const held = Promise.withResolvers<void>();
    const holder = mutex.runExclusive(() => held.promise);
    const call = singleFlight(task, mutex);
    const first = call();
    await nextTurn();
    const second = call();
    expect(runs).toHaveLength(0);
    held.resolve();
    await holder;
    await nextTurn();
    runs[0]?.resolve();
    expect(await Promise.all([first, second])).toEqual([1, 1]);
  });
});
