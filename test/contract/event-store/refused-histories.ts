import { expect } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.js';
import { InvalidEventError } from '../../../events/errors/event-errors.js';
import { HistoryRefusedError } from '../../../src/event-store/errors.js';
import type { EventStore, HistoricEvent } from '../../../src/event-store/port.js';
import { later, START, type Example } from './log-under-test.js';
import { append, event, everything, expectLength, historic, history } from './support.js';

/** Loads, and expects to be refused for that event of the history and for that reason. */
async function expectRefused(
  store: EventStore,
  given: readonly HistoricEvent[],
  index: number,
  code: HistoryRefusedError['code'],
): Promise<HistoryRefusedError> {
  const refusal: unknown = await store.load(given).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(HistoryRefusedError);
  expect(refusal).toMatchObject({ index, code });
  return refusal as HistoryRefusedError;
}

const key = { idempotencyKey: 'key', requestDigest: 'digest' };

export const refusedHistories: readonly Example[] = [
  {
    name: 'refuses a history whose times decrease, or begin before the log ends',
    async run({ store }) {
      const [first, second, third] = history(3) as [HistoricEvent, HistoricEvent, HistoricEvent];
      await expectRefused(store, [first, third, second], 2, 'OUT_OF_ORDER');
      await store.load([second]);
      await expectRefused(store, [first], 0, 'OUT_OF_ORDER');
      await expectRefused(store, [second, third, first], 2, 'OUT_OF_ORDER');
      await expectLength(store, 1);
    },
  },
  {
    name: 'refuses a history that is later than the clock',
    async run({ store }) {
      const future = historic(later(1).toISOString());
      await expectRefused(store, [...history(3), future], 3, 'IN_FUTURE');
      expect(await store.load([historic(START)])).toEqual({ loaded: 1, present: 0 });
      await expectLength(store, 1);
    },
  },
  {
    name: 'takes no history once an event was appended live, but recognises what it holds',
    async run({ store }) {
      const past = history(3);
      await store.load(past);
      await append(store, [event('live')]);
      const live = await everything(store);
      await expectRefused(store, [...past, historic(START)], 3, 'LOG_IS_LIVE');
      await expectRefused(store, [...live, { ...historic(START), recordedAtStated: false }], 4, 'LOG_IS_LIVE');
      expect(await store.load(past)).toEqual({ loaded: 0, present: 3 });
      expect(await store.load(live)).toEqual({ loaded: 0, present: 4 });
      await expectLength(store, 4);
    },
  },
  {
    name: 'refuses a history that states times after live events of its own',
    async run({ store }) {
      const [first, second, third] = history(3) as [HistoricEvent, HistoricEvent, HistoricEvent];
      await expectRefused(store, [first, { ...second, recordedAtStated: false }, third], 2, 'LOG_IS_LIVE');
      await expectLength(store, 0);
    },
  },
  {
    name: 'refuses an event that it holds with another content, whatever differs',
    async run({ store }) {
      const given = history(3);
      await store.load(given.map((each) => ({ ...each, ...key, causationId: 'cause' })));
      const [, stored] = (await everything(store)) as [StoredEvent, StoredEvent];
      const others: Partial<HistoricEvent>[] = [
        { stream: 'other' },
        { type: 'ActorErased', schemaVersion: 1, data: { actor: 'a', reason: 'r' } },
        { schemaVersion: 1, data: { on: '2020-04', text: 'It happened.', evidence: [] } },
        { recordedAt: '2020-01-02T00:00:00.001Z' },
        { recordedAtStated: false },
        { appendedAt: '2020-01-02T00:00:00.001Z' },
        { actor: 'somebody-else' },
        { correlationId: 'other' },
        { causationId: null },
        { idempotencyKey: 'other' },
        { requestDigest: 'other' },
        { data: { on: '2020-04', precision: 'SEASON', text: 'Something else happened.', evidence: [] } },
      ];
      for (const other of others) await expectRefused(store, [stored, { ...stored, ...other }], 1, 'EVENT_DIFFERS');
      const [on, precision] = ['2020-04', 'SEASON'];
      const reordered = { evidence: [], text: 'It happened.', precision, on };
      expect(await store.load([{ ...stored, data: reordered }])).toEqual({ loaded: 0, present: 1 });
      expect(await store.load([{ ...stored, appendedAt: null, position: null, revision: null }])).toMatchObject({
        present: 1,
      });
      await expectLength(store, 3);
    },
  },
  {
    name: 'refuses a history that names other places than its events get',
    async run({ store }) {
      const [first, second] = history(2) as [HistoricEvent, HistoricEvent];
      await expectRefused(store, [{ ...first, position: 2 }], 0, 'PLACE_DIFFERS');
      await expectRefused(store, [first, { ...second, revision: 0 }], 1, 'PLACE_DIFFERS');
      await expectRefused(store, [first, { ...second, position: 1 }], 1, 'PLACE_DIFFERS');
      await store.load([{ ...first, position: 1, revision: 0 }]);
      await expectRefused(store, [{ ...first, position: 2 }], 0, 'PLACE_DIFFERS');
      await expectRefused(store, [{ ...first, revision: 1 }], 0, 'PLACE_DIFFERS');
      await expectLength(store, 1);
    },
  },
  {
    name: 'refuses an event that no log may hold, and says which',
    async run({ store }) {
      const good = history(2);
      const bad: Partial<HistoricEvent>[] = [
        { data: { on: '2020-13', precision: 'MONTH', text: 'No such month.', evidence: [] } },
        { type: 'NeverHeardOf' },
        { schemaVersion: 9 },
        { id: 'not-an-id' },
        { stream: '' },
        { recordedAt: '2020-06-01' },
        { recordedAt: '2020-06-01T00:00:00.000+02:00' },
        { appendedAt: '2020-06-31T00:00:00.000Z' },
        { idempotencyKey: 'without a digest' },
        { requestDigest: 'without a key' },
      ];
      for (const each of bad) {
        const refusal = await expectRefused(
          store,
          [...good, historic('2020-06-01T00:00:00.000Z', each)],
          2,
          'UNSTORABLE',
        );
        expect(refusal.cause).toBeInstanceOf(InvalidEventError);
      }
      await expectLength(store, 0);
    },
  },
  {
    name: 'refuses a history that uses one idempotency key for two requests',
    async run({ store }) {
      const [first, second, third] = history(3) as [HistoricEvent, HistoricEvent, HistoricEvent];
      await expectRefused(store, [{ ...first, ...key }, second, { ...third, ...key }], 2, 'UNSTORABLE');
      await expectRefused(
        store,
        [
          { ...first, ...key },
          { ...second, ...key, requestDigest: 'other' },
        ],
        1,
        'UNSTORABLE',
      );
      await store.load([{ ...first, ...key }, second]);
      await expectRefused(store, [{ ...third, ...key }], 0, 'UNSTORABLE');
      await expectLength(store, 2);
    },
  },
  {
    name: 'loads nothing of a history with a fault at its end: no event, no stream, no request',
    async run({ store }) {
      const faulty = [...history(1100), historic(later(1).toISOString())];
      await expectRefused(
        store,
        faulty.map((each, index) => (index === 7 ? { ...each, ...key } : each)),
        1100,
        'IN_FUTURE',
      );
      expect(await store.head()).toEqual({ position: 0, recordedAt: null });
      const request = { idempotencyKey: 'key', digest: 'another' };
      await append(store, [event('past')], { expected: new Map([['past', 'NO_STREAM']]), request });
      await expectLength(store, 1);
    },
  },
  {
    name: 'loads nothing when the source of a history fails, and passes its error on',
    async run({ store }) {
      class SourceFailedError extends Error {}
      function* failing() {
        yield* history(600);
        throw new SourceFailedError();
      }
      await expect(store.load(failing())).rejects.toThrow(SourceFailedError);
      await expectLength(store, 0);
    },
  },
];
