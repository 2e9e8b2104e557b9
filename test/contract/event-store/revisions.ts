import { expect } from 'vitest';
import type { ExpectedRevision } from '../../../src/event-store/port.js';
import type { Example } from './log-under-test.js';
import { append, event, events, everything, expectDense, expectLength, ids } from './support.js';

const expecting = (...expected: [string, ExpectedRevision][]) => ({ expected: new Map(expected) });

export const revisions: readonly Example[] = [
  {
    name: 'lets an append through when its stream is where it is expected',
    async run({ store }) {
      await append(store, events(2, 'a'), expecting(['a', 'NO_STREAM']));
      await append(store, events(3, 'a'), expecting(['a', 1]));
      await append(store, events(1, 'a'), expecting(['a', 'ANY']));
      await append(store, events(1, 'b'), expecting(['b', 'ANY']));
      await append(store, events(1, 'a'));
      const log = await everything(store);
      expectDense(log);
      expect(log.map(({ stream, revision }) => `${stream}${revision}`).join(' ')).toBe('a0 a1 a2 a3 a4 a5 b0 a6');
    },
  },
  {
    name: 'refuses an append when its stream is elsewhere, and says where it is',
    async run({ store }) {
      await append(store, events(3, 'a'));
      const cases: [string, ExpectedRevision, number | null][] = [
        ['a', 'NO_STREAM', 2],
        ['a', 1, 2],
        ['a', 3, 2],
        ['a', -1, 2],
        ['none', 0, null],
        ['none', -1, null],
      ];
      for (const [stream, expected, actual] of cases) {
        const result = await store.append({ events: [event(stream)], ...expecting([stream, expected]) });
        expect(result).toEqual({ kind: 'REVISION_CONFLICT', stream, actual });
      }
      await expectLength(store, 3);
    },
  },
  {
    name: 'holds expectations of streams that get no event',
    async run({ store }) {
      await append(store, events(2, 'scale'));
      await append(store, [event('a')], expecting(['scale', 1], ['empty', 'NO_STREAM'], ['other', 'ANY']));
      expect(await store.append({ events: [event('a')], ...expecting(['scale', 0]) })).toEqual({
        kind: 'REVISION_CONFLICT',
        stream: 'scale',
        actual: 1,
      });
      expect(await store.append({ events: [event('a')], ...expecting(['scale', 'NO_STREAM']) })).toMatchObject({
        actual: 1,
      });
      expect(await store.append({ events: [event('a')], ...expecting(['empty', 0]) })).toMatchObject({ actual: null });
      await append(store, [event('scale'), event('empty')], expecting(['scale', 1], ['empty', 'NO_STREAM']));
      await expectLength(store, 5);
    },
  },
  {
    name: 'appends to all of several streams or, when one is elsewhere, to none',
    async run({ store }) {
      await append(store, [event('a'), event('b')]);
      const given = [event('a'), event('new'), event('b')];
      const result = await store.append({ events: given, ...expecting(['a', 0], ['new', 'NO_STREAM'], ['b', 7]) });
      expect(result).toEqual({ kind: 'REVISION_CONFLICT', stream: 'b', actual: 0 });
      expect(await store.readStream('new', -1, 10)).toEqual([]);
      await append(store, given, expecting(['a', 0], ['new', 'NO_STREAM'], ['b', 0]));
      await expectLength(store, 5);
    },
  },
  {
    name: 'lets one of many through that expect the same, and tells the others where the stream is then',
    async run({ store, another }) {
      const other = await another();
      for (const expected of ['NO_STREAM', 0, 1, 2] as const) {
        const racing = Array.from({ length: 40 }, (_, index) =>
          (index % 2 === 0 ? store : other).append({ events: [event('raced')], ...expecting(['raced', expected]) }),
        );
        const results = await Promise.all(racing);
        const actual = expected === 'NO_STREAM' ? 0 : expected + 1;
        expect(results.filter((result) => result.kind === 'APPENDED')).toHaveLength(1);
        expect(results.filter((result) => result.kind !== 'APPENDED')).toEqual(
          Array.from({ length: 39 }, () => ({ kind: 'REVISION_CONFLICT', stream: 'raced', actual })),
        );
      }
      await expectLength(store, 4);
    },
  },
  {
    name: 'fails no append for the conflict of another of the same moment',
    async run({ store }) {
      const first = event('a');
      const outcomes = await Promise.allSettled([
        store.append({ events: [first], ...expecting(['a', 'NO_STREAM']) }),
        store.append({ events: [event('b'), event('a')], ...expecting(['a', 'NO_STREAM']) }),
        store.append({ events: [event('c'), { ...event('d'), id: first.id }] }),
        store.append({ events: [event('e', { type: 'NeverHeardOf' })] }),
        store.append({ events: [event('b'), event('f')], ...expecting(['b', 'NO_STREAM'], ['a', 0]) }),
      ]);
      expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.kind : 'REJECTED'))).toEqual([
        'APPENDED',
        'REVISION_CONFLICT',
        'DUPLICATE_EVENT',
        'REJECTED',
        'APPENDED',
      ]);
      expect((await everything(store)).map(({ stream }) => stream)).toEqual(['a', 'b', 'f']);
      await expectLength(store, 3);
    },
  },
  {
    name: 'refuses an event that it holds already, and one that comes twice',
    async run({ store }) {
      const [first, second] = [event('a'), event('a')];
      await append(store, [first]);
      const duplicate = (eventId: string) => ({ kind: 'DUPLICATE_EVENT', eventId });
      expect(await store.append({ events: [event('b'), first] })).toEqual(duplicate(first.id));
      expect(await store.append({ events: [second, event('b'), second] })).toEqual(duplicate(second.id));
      expect(await store.append({ events: [{ ...event('b'), id: first.id }] })).toEqual(duplicate(first.id));
      expect(ids(await everything(store))).toEqual([first.id]);
      await expectLength(store, 1);
    },
  },
  {
    name: 'gives dense positions while several write, and a reader of the time skips nothing',
    async run({ store, another }) {
      const stores = [store, await another(), await another()];
      let writing = true;
      const seen: number[] = [];
      const reader = (async () => {
        for (let last = false; ;) {
          const page = await store.readAll(seen.at(-1) ?? 0, 7);
          seen.push(...page.map(({ position }) => position));
          if (page.length > 0) continue;
          if (last) return;
          last = !writing;
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const write = async (writer: number) => {
        for (let index = 0; index < 30; index += 1) {
          await append(stores[writer % 3] ?? store, [event(`own-${writer}`), event('shared'), event(`own-${writer}`)]);
        }
      };
      await Promise.all([0, 1, 2, 3, 4, 5].map(write)).finally(() => (writing = false));
      await reader;

      const log = await everything(store);
      expect(log).toHaveLength(6 * 30 * 3);
      expectDense(log);
      expect(seen).toEqual(log.map(({ position }) => position));
      for (let index = 0; index < log.length; index += 3) {
        const [first, second, third] = log.slice(index, index + 3).map(({ stream }) => stream);
        expect([first, second]).toEqual([third, 'shared']);
      }
    },
  },
];
