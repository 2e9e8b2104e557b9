import canonicalize from 'canonicalize';
import { expect } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.js';
import type { EventStore } from '../../../src/event-store/port.js';
import { rootAt } from '../../../src/proofs/merkle/root.js';
import { at, naiveLeaf, naiveRoot } from '../../support/naive-tree.js';
import type { Example } from './log-under-test.js';
import { append, event, events, everything, history } from './support.js';

/** The leaves of the log's events as docs/decisions/0008 has them, made from what is read. */
export const leavesOf = (log: readonly StoredEvent[]): Buffer[] =>
  log.map((each) => naiveLeaf(Buffer.from(canonicalize({ ...each, position: String(each.position) }) ?? '')));

/** The tree is that of the log's events: every complete subtree, and the root of any size. */
export async function expectTree(store: EventStore, size: number): Promise<Buffer> {
  const leaves = leavesOf(await everything(store));
  expect(leaves).toHaveLength(size);
  const memo = new Map<string, Buffer>();
  for (let level = 0; 2 ** level <= size; level += 1) {
    const width = 2 ** level;
    const subtrees = Array.from({ length: Math.floor(size / width) }, (_, index) => ({ level, index }));
    const expected = subtrees.map(({ index }) => naiveRoot(leaves, memo, index * width, (index + 1) * width));
    expect(hex(await store.subtreeHashes(subtrees))).toEqual(hex(expected));
  }
  const sizes = [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, size >> 1, size - 1, size].filter((each) => each <= size);
  for (const each of sizes) {
    expect((await rootAt(each, store.subtreeHashes)).equals(naiveRoot(leaves, memo, 0, each))).toBe(true);
  }
  return naiveRoot(leaves, memo, 0, size);
}

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

export const tree: readonly Example[] = [
  {
    name: 'has the tree of its events, however many come at once',
    async run({ store }) {
      let size = 0;
      for (const count of [1, 2, 252, 1, 1, 255, 300, 513, 50]) {
        await append(store, events(count, `stream-${count}`));
        size += count;
        if (size < 300) await expectTree(store, size);
      }
      await expectTree(store, size);
    },
  },
  {
    name: 'has the same tree whether a history comes whole or in pieces',
    async run(log) {
      const past = history(2600);
      const pieces = [past.slice(0, 255), past.slice(0, 700), past.slice(600, 1024), past];
      for (const piece of pieces) await log.store.load(piece);
      await append(log.store, events(300, 'live'));
      await expectTree(log.store, 2900);
      await expectTree(await log.reopen(), 2900);
    },
  },
  {
    name: 'has the tree of what is appended together, with what fails in between',
    async run({ store }) {
      const twice = event('a');
      const appends = Array.from({ length: 400 }, (_, index) =>
        store.append({ events: index % 50 === 49 ? [event('a'), twice, twice] : events(2, 'a') }),
      );
      const kinds = (await Promise.all(appends)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'DUPLICATE_EVENT')).toHaveLength(8);
      await expectTree(store, 784);
    },
  },
  {
    name: 'has nothing in its tree of a load that broke off',
    async run({ store }) {
      await store.load(history(100));
      function* breaking() {
        yield* history(1500).slice(100);
        throw new Error('It broke off.');
      }
      await expect(store.load(breaking())).rejects.toThrow('It broke off.');
      await append(store, events(500, 'a'));
      await expectTree(store, 600);
    },
  },
  {
    name: 'has one tree for all who append to it at once',
    async run(log) {
      const stores = [log.store, await log.another(), await log.another()];
      await Promise.all(
        stores.flatMap((store, nth) => Array.from({ length: 30 }, () => append(store, events(9, `stream-${nth}`)))),
      );
      for (const store of stores) await expectTree(store, 810);
    },
  },
  {
    name: 'gives hashes of subtrees in the order asked, and one of them as often as it is asked',
    async run({ store }) {
      await store.load(history(600));
      const leaves = leavesOf(await everything(store));
      expect(leaves).toHaveLength(600);
      const asked = [
        { level: 3, index: 70 },
        { level: 8, index: 1 },
        { level: 0, index: 599 },
        { level: 9, index: 0 },
        { level: 8, index: 1 },
        { level: 0, index: 0 },
        { level: 3, index: 70 },
      ];
      const expected = asked.map(({ level, index }) =>
        naiveRoot(leaves, new Map(), index * 2 ** level, (index + 1) * 2 ** level),
      );
      expect(hex(await store.subtreeHashes(asked))).toEqual(hex(expected));
    },
  },
  {
    name: 'refuses what is no complete subtree of the log',
    async run({ store }) {
      await store.load(history(300));
      const last = { level: 0, index: 299 };
      expect(await store.subtreeHashes([])).toEqual([]);
      for (const [level, index] of [
        [0, 300],
        [0, -1],
        [2, 75],
        [8, 1],
        [9, 0],
        [-1, 0],
        [0.5, 0],
        [0, 0.5],
        [60, 0],
        [Number.NaN, 0],
      ] as const) {
        await expect(store.subtreeHashes([last, { level, index }])).rejects.toThrow(RangeError);
      }
      expect(hex(await store.subtreeHashes([last]))).toEqual(hex([at(leavesOf(await everything(store)), 299)]));
    },
  },
];
