import { expect } from 'vitest';
import type { Example } from './log-under-test.js';
import { append, event, eventually, history } from './support.js';

export const watching: readonly Example[] = [
  {
    name: 'wakes whoever listens after an append, when it can be read',
    async run(log) {
      const read: number[] = [];
      log.store.onAppend(() => {
        void log.store.head().then(({ position }) => read.push(position));
      });
      await append(log.store, [event('a'), event('a')]);
      await eventually(log, 'the wake after an append', () => read.includes(2));
      await append(log.store, [event('a')]);
      await eventually(log, 'the wake after another', () => read.includes(3));
    },
  },
  {
    name: 'wakes after a load',
    async run(log) {
      let wakes = 0;
      log.store.onAppend(() => (wakes += 1));
      await log.store.load(history(5));
      await eventually(log, 'the wake after a load', () => wakes > 0);
    },
  },
  {
    name: 'wakes after an append by another process',
    async run(log) {
      const elsewhere = await log.another();
      const read: number[] = [];
      log.store.onAppend(() => {
        void log.store.head().then(({ position }) => read.push(position));
      });
      await append(elsewhere, [event('a')]);
      await eventually(log, 'the wake after an append elsewhere', () => read.includes(1));
    },
  },
  {
    name: 'wakes all who listen, each for itself, and nobody who has stopped',
    async run(log) {
      const wakes = { first: 0, second: 0, gone: 0 };
      const listener = () => void (wakes.second += 1);
      log.store.onAppend(() => (wakes.first += 1));
      const stop = log.store.onAppend(listener);
      log.store.onAppend(listener);
      log.store.onAppend(() => (wakes.gone += 1))();
      stop();
      await append(log.store, [event('a')]);
      await eventually(log, 'both wakes', () => wakes.first > 0 && wakes.second > 0);
      expect(wakes.gone).toBe(0);
    },
  },
];
