import { expect } from 'vitest';
import { HistoryRefusedError } from '../../../src/event-store/errors.js';
import type { HistoricEvent } from '../../../src/event-store/port.js';
import { START, later, type Example } from './log-under-test.js';
import { append, event, eventsOf, everything, expectDense, expectLength, historic, history, ids } from './support.js';

async function* slowly<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await new Promise((resolve) => setImmediate(resolve));
    yield item;
  }
}

export const loading: readonly Example[] = [
  {
    name: 'loads a history with the times that it states',
    async run({ store }) {
      const given = [
        historic('2020-01-01T00:00:00.000Z', { stream: 'a' }),
        historic('2020-01-01T00:00:00.000Z', { stream: 'b', appendedAt: '2024-05-06T07:08:09.010Z' }),
        historic(START, { stream: 'a', position: 3, revision: 1, causationId: 'cause' }),
      ];
      expect(await store.load(given)).toEqual({ loaded: 3, present: 0 });
      const log = await everything(store);
      expect(log).toEqual(
        given.map((each, index) => ({
          ...each,
          position: index + 1,
          revision: [0, 0, 1][index],
          appendedAt: each.appendedAt ?? START,
        })),
      );
      expect(await store.head()).toEqual({ position: 3, recordedAt: START });
    },
  },
  {
    name: 'goes on from a history with what is appended live',
    async run({ store, setClock }) {
      await store.load(history(3));
      setClock(later(1000));
      await append(store, [event('past')], { expected: new Map([['past', 2]]) });
      const log = await everything(store);
      expectDense(log);
      expect(log.map(({ recordedAtStated }) => recordedAtStated)).toEqual([true, true, true, false]);
      expect(log.map(({ recordedAt }) => recordedAt)).toEqual([
        '2020-01-01T00:00:00.000Z',
        '2020-01-01T01:00:00.000Z',
        '2020-01-01T02:00:00.000Z',
        '2026-01-01T00:00:01.000Z',
      ]);
    },
  },
  {
    name: 'loads a long history that comes bit by bit',
    async run({ store }) {
      const given = history(2500);
      expect(await store.load(slowly(given))).toEqual({ loaded: 2500, present: 0 });
      const log = await everything(store);
      expectDense(log);
      expect(ids(log)).toEqual(ids(given));
    },
  },
  {
    name: 'loads a history once, however often it comes, and goes on where a shorter one ended',
    async run({ store, setClock, reopen }) {
      const given = history(10);
      await store.load(given.slice(0, 4));
      setClock(later(1000));
      expect(await store.load(given)).toEqual({ loaded: 6, present: 4 });
      const log = await everything(store);
      expect(ids(log)).toEqual(ids(given));
      const reopened = await reopen();
      expect(await reopened.load(slowly(given))).toEqual({ loaded: 0, present: 10 });
      expect(await reopened.load(log)).toEqual({ loaded: 0, present: 10 });
      expect(await reopened.load([])).toEqual({ loaded: 0, present: 0 });
      expect(await everything(reopened)).toEqual(log);
      await expectLength(reopened, 10);
    },
  },
  {
    name: 'takes an event that comes twice in a history as present',
    async run({ store }) {
      const [first, second] = [historic('2020-01-01T00:00:00.000Z'), historic('2020-01-02T00:00:00.000Z')];
      expect(await store.load([first, second, first])).toEqual({ loaded: 2, present: 1 });
      await expectLength(store, 2);
    },
  },
  {
    name: 'loads the export of a log that was live, and comes out the same',
    async run({ store, setClock }) {
      const request = { idempotencyKey: 'key', requestDigest: 'digest' };
      const exported = [
        historic('2020-01-01T00:00:00.000Z', { appendedAt: '2021-01-01T00:00:00.000Z' }),
        historic('2020-01-02T00:00:00.000Z', { appendedAt: '2021-01-01T00:00:00.000Z', stream: 'b' }),
        historic('2022-01-01T00:00:00.000Z', { ...request, stream: 'a' }),
        historic('2022-01-01T00:00:00.000Z', { ...request, stream: 'b' }),
        historic('2022-01-01T00:00:00.000Z', { stream: 'a' }),
      ].map((each, index) => ({
        ...each,
        position: index + 1,
        revision: [0, 0, 0, 1, 1][index] ?? 0,
        recordedAtStated: index < 2,
        appendedAt: each.appendedAt ?? '2022-01-01T00:00:00.002Z',
      }));
      expect(await store.load(exported)).toEqual({ loaded: 5, present: 0 });
      expect(await everything(store)).toEqual(exported);
      setClock(later(1000));
      expect(await store.load(exported)).toEqual({ loaded: 0, present: 5 });
      await expectLength(store, 5);
    },
  },
  {
    name: 'remembers the requests of a history',
    async run({ store, reopen }) {
      const [first, second] = ['first', 'second'].map((key) => ({ idempotencyKey: key, requestDigest: `of ${key}` }));
      const keys = [{}, first, first, second, {}];
      await store.load(keys.map((key) => historic('2020-01-01T00:00:00.000Z', key)));
      const log = await everything(store);
      const reopened = await reopen();
      const repeat = (idempotencyKey: string, digest: string) =>
        reopened.append({ events: [event('a')], request: { idempotencyKey, digest } });
      expect(await repeat('first', 'of first')).toEqual({ kind: 'REPEATED', events: log.slice(1, 3) });
      expect(await repeat('second', 'of second')).toEqual({ kind: 'REPEATED', events: log.slice(3, 4) });
      expect(await repeat('second', 'of another')).toMatchObject({ kind: 'KEY_CONFLICT' });
      await expectLength(reopened, 5);
    },
  },
  {
    name: 'goes on in the middle of an append where a shorter history broke off',
    async run({ store }) {
      const key = { idempotencyKey: 'key', requestDigest: 'digest' };
      const given = Array.from({ length: 3 }, () => historic('2020-01-01T00:00:00.000Z', key));
      await store.load(given.slice(0, 2));
      expect(await store.load(given)).toEqual({ loaded: 1, present: 2 });
      const repeated = await store.append({
        events: [event('a')],
        request: { idempotencyKey: 'key', digest: 'digest' },
      });
      expect(repeated.kind).toBe('REPEATED');
      expect(ids(eventsOf(repeated))).toEqual(ids(given));
    },
  },
  {
    name: 'goes on with the copy of another log where it broke off, also among what was appended live there',
    async run({ store, setClock }) {
      const request = { idempotencyKey: 'key', requestDigest: 'digest' };
      const whole = history(9).map((each, index) => ({
        ...each,
        ...(index > 4 && request),
        recordedAtStated: index < 3,
        appendedAt: later(index).toISOString(),
        position: index + 1,
        revision: index,
      }));
      setClock(later(1000));
      for (const [from, end] of [
        [0, 2],
        [0, 4],
        [2, 6],
        [6, 9],
      ] as const) {
        await store.load(whole.slice(from, end), { continues: true });
        expect((await store.head()).position).toBe(end);
      }
      expect(await everything(store)).toEqual(whole);
      const repeated = await store.append({
        events: [event('a')],
        request: { idempotencyKey: 'key', digest: 'digest' },
      });
      expect(repeated).toEqual({ kind: 'REPEATED', events: whole.slice(5) });
      const refused = (given: HistoricEvent) =>
        expect(store.load([given], { continues: true })).rejects.toThrow(HistoryRefusedError);
      const next = { ...historic('2021-01-01T00:00:00.000Z'), recordedAtStated: false };
      await refused(next);
      await refused({ ...next, position: 11 });
      await refused({ ...next, recordedAtStated: true, position: 10 });
      await expect(store.load([{ ...next, position: 10 }])).rejects.toThrow(HistoryRefusedError);
      await expectLength(store, 9);
    },
  },
  {
    name: 'shows nothing of a history before all of it is there, and lets appends wait for it',
    async run({ store, another }) {
      const elsewhere = await another();
      const seen: number[] = [];
      const look = async () =>
        void seen.push(...(await Promise.all([store.head(), elsewhere.head()])).map((head) => head.position));
      const pending: Promise<unknown>[] = [];
      async function* watched() {
        for (const [index, each] of history(1200).entries()) {
          yield each;
          if (index % 300 === 0) await look();
          if (index === 600) pending.push(...[1, 2].map(() => store.append({ events: [event('live')] })));
        }
        await look();
      }
      expect(await store.load(watched())).toEqual({ loaded: 1200, present: 0 });
      expect(new Set(seen)).toEqual(new Set([0]));
      await Promise.all(pending);
      const log = await everything(store);
      expectDense(log);
      expect(log.slice(1199).map(({ stream }) => stream)).toEqual(['past', 'live', 'live']);
    },
  },
];
