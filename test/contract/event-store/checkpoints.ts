import { expect } from 'vitest';
import type { EventStore } from '../../../src/event-store/port.js';
import type { Example } from './log-under-test.js';
import { append, events, everything } from './support.js';

const note = (size: number, text = ''): { readonly size: number; readonly note: string } => ({
  size,
  note: `example.org/log\n${size}\ncm9vdA==\n\n— example.org/log c2lnbmF0dXJl\n${text}`,
});

const keepAll = async (store: EventStore, sizes: readonly number[]): Promise<void> => {
  for (const size of sizes) await store.keepCheckpoint(note(size));
};

const numbered = (sizes: readonly number[], from = 1) =>
  sizes.map((size, index) => ({ number: from + index, ...note(size) }));

export const checkpoints: readonly Example[] = [
  {
    name: 'keeps signed checkpoints in the order in which they come, for whoever opens it',
    async run(log) {
      await append(log.store, events(9, 'a'));
      expect(await log.store.checkpoints()).toEqual([]);
      await keepAll(log.store, [0, 3, 3, 5, 9]);
      expect(await log.store.checkpoints()).toEqual(numbered([0, 3, 5, 9]));
      expect(await (await log.another()).checkpoints()).toEqual(numbered([0, 3, 5, 9]));
      expect(await (await log.reopen()).checkpoints()).toEqual(numbered([0, 3, 5, 9]));
    },
  },
  {
    name: 'gives checkpoints by pages, from a size on, and the last ones',
    async run({ store }) {
      await append(store, events(40, 'a'));
      const sizes = Array.from({ length: 20 }, (_, index) => 2 * index + 1);
      await keepAll(store, sizes);
      const all = numbered(sizes);
      expect(await store.checkpoints({ limit: 7 })).toEqual(all.slice(0, 7));
      expect(await store.checkpoints({ limit: 7, after: 7 })).toEqual(all.slice(7, 14));
      expect(await store.checkpoints({ limit: 7, after: 14 })).toEqual(all.slice(14));
      expect(await store.checkpoints({ after: 20 })).toEqual([]);
      expect(await store.checkpoints({ from: 9, limit: 1 })).toEqual(all.slice(4, 5));
      expect(await store.checkpoints({ from: 10, limit: 2 })).toEqual(all.slice(5, 7));
      expect(await store.checkpoints({ from: 40 })).toEqual([]);
      expect(await store.checkpoints({ last: true, limit: 1 })).toEqual(all.slice(19));
      expect(await store.checkpoints({ last: true, limit: 3 })).toEqual(all.slice(17));
      expect(await store.checkpoints({ from: 37, after: 19, last: true })).toEqual(all.slice(19));
    },
  },
  {
    name: 'keeps the same checkpoint once, and two of the same size that say something else',
    async run(log) {
      await append(log.store, events(3, 'a'));
      const stores = [log.store, await log.another(), await log.another()];
      const notes = [note(3), note(3, '— example.org/log b3RoZXI=\n'), note(2), note(1)];
      await Promise.all(stores.flatMap((store) => notes.map((each) => store.keepCheckpoint(each))));
      const kept = await log.store.checkpoints();
      expect(kept.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(new Set(kept.map((each) => each.note))).toEqual(new Set(notes.map((each) => each.note)));
      for (const store of stores) expect(await store.checkpoints()).toEqual(kept);
    },
  },
  {
    name: 'keeps the text of a checkpoint as it is',
    async run(log) {
      await append(log.store, events(1, 'a'));
      const texts = ["'; DROP TABLE checkpoint; --\r\n", `\u2028 é ${'𝄞'.repeat(20_000)}`, '\t\n \n'];
      for (const text of texts) await log.store.keepCheckpoint({ size: 1, note: text });
      const store = await log.reopen();
      expect((await store.checkpoints()).map((each) => each.note)).toEqual(texts);
    },
  },
  {
    name: 'refuses a checkpoint of events that are not there, and what is no text',
    async run({ store }) {
      await append(store, events(2, 'a'));
      const refused = [note(3), note(-1), note(0.5), { size: 1, note: '' }, { size: 1, note: 'a\0' }];
      for (const each of [...refused, { size: 1, note: '\ud800' }]) {
        await expect(store.keepCheckpoint(each)).rejects.toThrow(RangeError);
      }
      expect(await store.checkpoints()).toEqual([]);
      await store.keepCheckpoint(note(2));
      expect(await store.checkpoints()).toEqual(numbered([2]));
      await expect(store.checkpoints({ limit: 0 })).rejects.toThrow(RangeError);
      await expect(store.checkpoints({ after: 0.5 })).rejects.toThrow(RangeError);
    },
  },
  {
    name: 'is the same log with checkpoints as without',
    async run({ store }) {
      const stored = await append(store, events(2, 'a'));
      await store.keepCheckpoint(note(2));
      expect(await store.checkpoints()).toHaveLength(1);
      expect(await everything(store)).toEqual(stored);
      const [next] = await append(store, events(1, 'a'), { expectedHead: 2 });
      expect(next?.position).toBe(3);
    },
  },
];
