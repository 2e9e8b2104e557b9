import { describe, expect, it } from 'vitest';
import { newKeyedMutex } from '../../src/concurrency/keyed-mutex.js';
import { newMutex } from '../../src/concurrency/mutex.js';

/** A task that ends when it is told to, and what has begun so far. */
function controlledTasks() {
  const begun: string[] = [];
  const task = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const run = (): Promise<string> => {
      begun.push(name);
      return promise;
    };
    return { run, resolve: () => resolve(name), reject: () => reject(new Error(name)) };
  };
  return { begun, task };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('a mutex', () => {
  it('runs tasks one at a time, in the order in which they arrive', async () => {
    const { begun, task } = controlledTasks();
    const [mutex, first, second] = [newMutex(), task('first'), task('second')];
    const runs = [mutex.runExclusive(first.run), mutex.runExclusive(second.run)];
    await nextTurn();
    expect(begun).toEqual(['first']);
    second.resolve();
    first.resolve();
    expect(await Promise.all(runs)).toEqual(['first', 'second']);
    expect(begun).toEqual(['first', 'second']);
  });

  it('rejects a task that fails, and no other', async () => {
    const { task } = controlledTasks();
    const [mutex, first, second] = [newMutex(), task('first'), task('second')];
    const runs = [mutex.runExclusive(first.run), mutex.runExclusive(second.run)];
    first.reject();
    second.resolve();
    await expect(runs[0]).rejects.toThrow('first');
    expect(await runs[1]).toBe('second');
  });
});

describe('a keyed mutex', () => {
  it('runs the tasks of one key one at a time, and those of different keys side by side', async () => {
    const { begun, task } = controlledTasks();
    const mutex = newKeyedMutex();
    const [a1, a2, b] = [task('a1'), task('a2'), task('b')];
    const runs = [mutex.runExclusive('a', a1.run), mutex.runExclusive('a', a2.run), mutex.runExclusive('b', b.run)];
    await nextTurn();
    expect(begun).toEqual(['a1', 'b']);
    a1.reject();
    a2.resolve();
    b.resolve();
    const outcomes = await Promise.allSettled(runs);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(begun).toEqual(['a1', 'b', 'a2']);
  });

  it('can be used again for a key after its last task', async () => {
    const mutex = newKeyedMutex();
    expect(await mutex.runExclusive('a', async () => 1)).toBe(1);
    expect(await mutex.runExclusive('a', async () => 2)).toBe(2);
  });
});
