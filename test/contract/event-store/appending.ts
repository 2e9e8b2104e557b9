import * as fc from 'fast-check';
import { expect } from 'vitest';
import { InvalidEventError } from '../../../events/errors/event-errors.js';
import { isWellFormedText } from '../../../events/well-formed.js';
import { START, type Example } from './log-under-test.js';
import { append, event, events, eventsOf, everything, expectDense, expectLength, ids, sized } from './support.js';
import { codePoint } from '../../support/code-point.js';

const hostile = [
  `'); DROP TABLE event; --`,
  `"quoted" and 'quoted' and \`quoted\` \\ \\\\ \\u0041 /* */`,
  'line\u2028separator, paragraph\u2029separator, \r\n\t\b\f\u0001\u007f',
  '👩‍👩‍👧‍👦 🇳🇱 \u{10FFFF} \uFEFF \uFFFD \uFFFF',
  'e\u0301 is not é, and \u202Eright to left\u202C',
  '__proto__',
  'constructor',
  '%s %d $1 :name ? @p',
  '  spaces  ',
  'null',
];

export const appending: readonly Example[] = [
  {
    name: 'gives events their places, and reads them as they were when they were appended',
    async run({ store }) {
      expect(await store.head()).toEqual({ position: 0, recordedAt: null });
      expect(await everything(store)).toEqual([]);
      const given = [event('one'), event('two'), event('one')];
      const stored = await append(store, given);
      expect(stored).toEqual(
        given.map((each, index) => ({
          ...each,
          position: index + 1,
          revision: [0, 0, 1][index],
          recordedAt: START,
          recordedAtStated: false,
          appendedAt: START,
          idempotencyKey: null,
          requestDigest: null,
        })),
      );
      expect(await everything(store)).toEqual(stored);
      expect(await store.head()).toEqual({ position: 3, recordedAt: START });
    },
  },
  {
    name: 'appends to several streams at once, in the order given',
    async run({ store }) {
      const given = ['b', 'a', 'b', 'c', 'a'].map((stream) => event(stream));
      await append(store, given);
      await append(store, [event('a'), event('d')]);
      const log = await everything(store);
      expectDense(log);
      expect(ids(log.slice(0, 5))).toEqual(ids(given));
      expect(log.map(({ stream, revision }) => `${stream}${revision}`).join(' ')).toBe('b0 a0 b1 c0 a1 a2 d0');
    },
  },
  {
    name: 'keeps hostile text as it is, wherever it stands',
    async run({ store }) {
      const given = hostile.map((text) =>
        event(text, { actor: text, correlationId: text, causationId: text, data: { ...milestone, text } }),
      );
      for (const each of given) {
        const request = { idempotencyKey: each.stream, digest: each.stream };
        await append(store, [each], { request, expected: new Map([[each.stream, 'NO_STREAM']]) });
      }
      const log = await everything(store);
      expect(log).toMatchObject(given);
      for (const [index, text] of hostile.entries()) {
        expect(log[index]).toMatchObject({ idempotencyKey: text, requestDigest: text });
        expect(await store.readStream(text, -1, 10)).toEqual([log[index]]);
        const first = { limit: 10, from: 'FIRST' } as const;
        expect(await store.find({ correlationId: text, upToPosition: 99 }, first)).toMatchObject({ totalCount: 1 });
        expect(await store.find({ streams: [text, 'other'], upToPosition: 99 }, first)).toMatchObject({
          totalCount: 1,
        });
      }
    },
  },
  {
    name: 'gives back any text that JSON can hold',
    async run({ store }) {
      const text = fc.string({ unit: codePoint, minLength: 1, maxLength: 50 }).filter(isWellFormedText);
      const appendAndRead = async (texts: readonly string[]): Promise<void> => {
        const stored = await append(
          store,
          texts.map((each) => event('texts', { text: each })),
        );
        const read = await store.byIds(ids(stored));
        expect(new Map(read.map((each) => [each.id, each]))).toEqual(new Map(stored.map((each) => [each.id, each])));
      };
      await fc.assert(fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), appendAndRead), {
        numRuns: 20,
      });
    },
  },
  {
    name: 'keeps an event of a megabyte',
    async run({ store, reopen }) {
      const [stored] = await append(store, [
        event('reports', { type: 'ReportPublished', schemaVersion: 1, data: sized(1) }),
      ]);
      expect(await everything(await reopen())).toEqual([stored]);
    },
  },
  {
    name: 'keeps what it was given, also when the caller changes its objects while it waits',
    async run({ store }) {
      const data = { ...milestone, text: 'before' };
      const pending = store.append({ events: [event('changed', { data })] });
      data.text = 'after';
      const stored = eventsOf(await pending);
      expect(stored).toMatchObject([{ data: { text: 'before' } }]);
      expect(await everything(store)).toEqual(stored);
    },
  },
  {
    name: 'refuses what no log may hold, and writes nothing of its append',
    async run({ store }) {
      await append(store, [event('good')]);
      const bad = [
        event('bad', { data: { ...milestone, more: 1 } }),
        event('bad', { data: { ...milestone, on: '2020-02-30' } }),
        event('bad', { data: null }),
        event('bad', { type: 'NeverHeardOf' }),
        event('bad', { type: '__proto__' }),
        event('bad', { schemaVersion: 3 }),
        event('bad', { schemaVersion: 0 }),
        event('bad', { id: 'b6f7f6d4-5c3a-4d0e-8a57-3d1e0f6f3c11' }),
        event('bad', { id: '' }),
        event('bad', { text: 'a lone \uD800 surrogate' }),
        event('bad', { text: 'a NUL \u0000' }),
        event('bad', { actor: '' }),
        event('bad', { correlationId: '\uDC00' }),
        event('bad', { causationId: '' }),
        event(''),
        event('\u0000'),
        event('x'.repeat(501)),
      ];
      for (const each of bad) {
        await expect(store.append({ events: [event('good'), each] }), JSON.stringify(each)).rejects.toThrow(
          InvalidEventError,
        );
      }
      await expect(store.append({ events: [] })).rejects.toThrow(InvalidEventError);
      const request = { idempotencyKey: '', digest: 'd' };
      await expect(store.append({ events: [event('good')], request })).rejects.toThrow(InvalidEventError);
      await expectLength(store, 1);
    },
  },
  {
    name: 'keeps the log when it is closed and opened again, and goes on where it ended',
    async run({ store, reopen }) {
      await append(store, events(3, 'kept'));
      const before = await everything(store);
      const reopened = await reopen();
      expect(await everything(reopened)).toEqual(before);
      await append(reopened, [event('kept')], { expected: new Map([['kept', 2]]) });
      expectDense(await everything(reopened));
      expect((await reopened.head()).position).toBe(4);
    },
  },
  {
    name: 'finishes what is under way when it is closed, and answers nothing afterwards',
    async run({ store, reopen }) {
      const pending = events(20, 'last').map((each) => store.append({ events: [each] }));
      const closed = store.close();
      await expect(store.append({ events: [event('late')] })).rejects.toThrow(/closed/);
      await expect(store.load([])).rejects.toThrow(/closed/);
      await expect(store.readAll(0, 1)).rejects.toThrow(/closed/);
      const results = await Promise.all(pending);
      expect(results.map(({ kind }) => kind)).toEqual(results.map(() => 'APPENDED'));
      await Promise.all([closed, store.close()]);
      await expect(store.head()).rejects.toThrow(/closed/);
      expect(await everything(await reopen())).toHaveLength(20);
    },
  },
];

const milestone = { on: '2020-04', precision: 'SEASON', text: 'It happened.', evidence: [] } as const;
