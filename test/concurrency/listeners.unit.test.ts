import { expect, it } from 'vitest';
import { newListeners } from '../../src/concurrency/listeners.js';

it('calls each listener, until it is removed', async () => {
  const listeners = newListeners();
  const calls: string[] = [];
  const remove = listeners.add(() => calls.push('a'));
  listeners.add(() => calls.push('b'));
  listeners.notify();
  expect(calls).toEqual([]);
  await Promise.resolve();
  expect(calls).toEqual(['a', 'b']);
  remove();
  expect(listeners.size).toBe(1);
  listeners.notify();
  await Promise.resolve();
  expect(calls).toEqual(['a', 'b', 'b']);
  listeners.clear();
  expect(listeners.size).toBe(0);
});

it('calls a function twice that was added twice, and removes it once', async () => {
  const listeners = newListeners();
  let count = 0;
  const listener = () => void (count += 1);
  const remove = listeners.add(listener);
  listeners.add(listener);
  remove();
  listeners.notify();
  await Promise.resolve();
  expect(count).toBe(1);
});
