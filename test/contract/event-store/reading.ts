import { expect } from 'vitest';
import { newEventId } from '../../../src/event-store/event-id.js';
import type { Example } from './log-under-test.js';
import { append, event, events, everything, history, ids, sized } from './support.js';

export const reading: readonly Example[] = [
  {
    name: 'reads the log in pages of any size',
    async run({ store }) {
      const stored = await append(store, [...events(10, 'a'), ...events(15, 'b')]);
      expect(await store.readAll(0, 1000)).toEqual(stored);
      expect(await store.readAll(7, 3)).toEqual(stored.slice(7, 10));
      expect(await store.readAll(24, 3)).toEqual(stored.slice(24));
      expect(await store.readAll(25, 3)).toEqual([]);
      expect(await store.readAll(999, 3)).toEqual([]);
      for (const size of [1, 2, 7, 24, 25, 26]) expect(await everything(store, size)).toEqual(stored);
    },
  },
  {
    name: 'reads large events in pages that hold at least one',
    async run({ store }) {
      for (let index = 0; index < 12; index += 1) {
        await append(store, [event('reports', { type: 'ReportPublished', schemaVersion: 1, data: sized(2) })]);
      }
      const log = await everything(store, 1000);
      expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    },
  },
  {
    name: 'reads a long stream in pages, among others',
    async run({ store }) {
      const past = history(6000).map((each, index) => ({ ...each, stream: index % 3 === 0 ? 'other' : 'long' }));
      await store.load(past);
      const read: string[] = [];
      for (;;) {
        const page = await store.readStream('long', read.length - 1, 700);
        if (page.length === 0) break;
        expect(page.map(({ revision }) => revision)).toEqual(page.map((_, index) => read.length + index));
        read.push(...ids(page));
      }
      expect(read).toEqual(ids(past.filter(({ stream }) => stream === 'long')));
      expect(ids(await store.readStream('long', 3999 - 1, 10))).toEqual(read.slice(3999));
      expect(await store.readStream('long', 3999, 10)).toEqual([]);
      expect(await store.readStream('nowhere', -1, 10)).toEqual([]);
    },
  },
  {
    name: 'finds events by id and by position, and leaves out what does not exist',
    async run({ store }) {
      const stored = await append(store, events(20, 'a'));
      const byPosition = (found: readonly { readonly position: number }[]) =>
        found.toSorted((one, other) => one.position - other.position);
      const wanted = stored.filter((_, index) => index % 3 === 0);
      expect(byPosition(await store.byIds([...ids(wanted), newEventId(), 'nonsense', '']))).toEqual(wanted);
      expect(byPosition(await store.byPositions([16, 1, 4, 7, 19, 10, 13, 0, -1, 21]))).toEqual(wanted);
      expect(byPosition(await store.byIds(ids(stored)))).toEqual(stored);
      expect(await store.byIds([])).toEqual([]);
      expect(await store.byPositions([])).toEqual([]);
    },
  },
  {
    name: 'tells how far each stream was at a position',
    async run({ store }) {
      await append(
        store,
        ['a', 'b', 'a', 'a', 'c', 'b'].map((stream) => event(stream)),
      );
      const at = async (position: number) =>
        [...(await store.revisionsAt(['a', 'b', 'c', 'none'], position))]
          .map(([stream, revision]) => stream + revision)
          .sort();
      expect(await at(0)).toEqual([]);
      expect(await at(1)).toEqual(['a0']);
      expect(await at(3)).toEqual(['a1', 'b0']);
      expect(await at(5)).toEqual(['a2', 'b0', 'c0']);
      expect(await at(99)).toEqual(['a2', 'b1', 'c0']);
      expect(await store.revisionsAt([], 6)).toEqual(new Map());
      expect(await store.revisionsAt(['b'], 2)).toEqual(new Map([['b', 0]]));
    },
  },
  {
    name: 'refuses questions without sensible bounds',
    async run({ store }) {
      for (const limit of [0, -1, 1.5, Number.NaN, Infinity]) {
        await expect(store.readAll(0, limit)).rejects.toThrow(RangeError);
        await expect(store.readStream('a', -1, limit)).rejects.toThrow(RangeError);
        await expect(store.find({ upToPosition: 9 }, { limit, from: 'FIRST' })).rejects.toThrow(RangeError);
      }
      await expect(store.readAll(Number.NaN, 1)).rejects.toThrow(RangeError);
      await expect(store.revisionsAt(['a'], 0.5)).rejects.toThrow(RangeError);
      const first = { limit: 1, from: 'FIRST' } as const;
      await expect(store.find({ upToPosition: 9, recordedFrom: '2020-01-01' }, first)).rejects.toThrow(RangeError);
    },
  },
];
