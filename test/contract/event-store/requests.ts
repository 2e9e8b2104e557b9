import { expect } from 'vitest';
import { later, type Example } from './log-under-test.js';
import { append, event, events, eventsOf, everything, expectLength } from './support.js';

const request = { idempotencyKey: 'key-1', digest: 'digest-1' };
const otherDigest = { ...request, digest: 'digest-2' };

export const requests: readonly Example[] = [
  {
    name: 'answers a repeated request with the events of the first time',
    async run({ store, setClock }) {
      await append(store, [event('before')]);
      const first = await append(store, [event('a'), event('b'), event('a')], { request });
      await append(store, [event('after')]);
      setClock(later(60_000));
      const repeated = await store.append({ events: [event('a')], request });
      expect(repeated).toEqual({ kind: 'REPEATED', events: first });
      expect((await everything(store)).slice(1, 4)).toEqual(first);
      await expectLength(store, 5);
    },
  },
  {
    name: 'keeps key and digest with each event',
    async run({ store }) {
      await append(store, events(2, 'a'), { request });
      await append(store, events(1, 'a'));
      const none = { idempotencyKey: null, requestDigest: null };
      const both = { idempotencyKey: 'key-1', requestDigest: 'digest-1' };
      expect(await everything(store)).toMatchObject([both, both, none]);
    },
  },
  {
    name: 'refuses a key that was used for another request, and says for which events',
    async run({ store }) {
      const first = await append(store, events(2, 'a'), { request });
      const conflict = await store.append({ events: [event('a')], request: otherDigest });
      expect(conflict).toEqual({ kind: 'KEY_CONFLICT', idempotencyKey: 'key-1', events: first });
      await append(store, [event('a')], { request: { ...otherDigest, idempotencyKey: 'key-2' } });
      await expectLength(store, 3);
    },
  },
  {
    name: 'appends once for a request that comes many times at once',
    async run({ store, another }) {
      const stores = [store, await another()];
      const sending = Array.from({ length: 40 }, (_, index) =>
        (stores[index % 2] ?? store).append({ events: events(3, 'a'), request }),
      );
      const results = await Promise.all(sending);
      expect(results.filter(({ kind }) => kind === 'APPENDED')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'REPEATED')).toHaveLength(39);
      const log = await everything(store);
      for (const result of results) expect(eventsOf(result)).toEqual(log);
      await expectLength(store, 3);
    },
  },
  {
    name: 'remembers requests when it is closed and opened again',
    async run({ store, reopen }) {
      const first = await append(store, events(3, 'a'), { request });
      const reopened = await reopen();
      expect(await reopened.append({ events: [event('a')], request })).toEqual({ kind: 'REPEATED', events: first });
      expect(await reopened.append({ events: [event('a')], request: otherDigest })).toMatchObject({
        kind: 'KEY_CONFLICT',
      });
      await expectLength(reopened, 3);
    },
  },
  {
    name: 'finds a request by its key, with its digest and its events',
    async run({ store, reopen }) {
      await append(store, [event('before')]);
      const first = await append(store, events(3, 'a'), { request });
      await append(store, [event('after')]);
      expect(await store.findRequest('key-1')).toEqual({ digest: 'digest-1', events: first });
      const reopened = await reopen();
      expect(await reopened.findRequest('key-1')).toEqual({ digest: 'digest-1', events: first });
      expect(await reopened.findRequest('key-2')).toBeNull();
    },
  },
  {
    name: 'appends at an expected end of the log, and nowhere else',
    async run({ store }) {
      expect(await store.append({ events: [event('a')], expectedHead: 1 })).toEqual({ kind: 'HEAD_MOVED', actual: 0 });
      await append(store, events(2, 'a'), { expectedHead: 0 });
      expect(await store.append({ events: [event('a')], expectedHead: 0 })).toEqual({ kind: 'HEAD_MOVED', actual: 2 });
      const racing = Array.from({ length: 10 }, () => store.append({ events: [event('a')], expectedHead: 2 }));
      expect((await Promise.all(racing)).map(({ kind }) => kind).sort()).toEqual([
        'APPENDED',
        ...Array.from({ length: 9 }, () => 'HEAD_MOVED'),
      ]);
      await expectLength(store, 3);
    },
  },
  {
    name: 'judges the request before revisions, and revisions before event ids',
    async run({ store, setClock }) {
      const given = events(2, 'a');
      await append(store, given, { request, expected: new Map([['a', 'NO_STREAM']]) });
      const again = { events: given, expected: new Map([['a', 'NO_STREAM'] as const]) };
      expect(await store.append({ ...again, request })).toMatchObject({ kind: 'REPEATED' });
      expect(await store.append({ ...again, request: otherDigest })).toMatchObject({ kind: 'KEY_CONFLICT' });
      expect(await store.append(again)).toMatchObject({ kind: 'REVISION_CONFLICT', actual: 1 });
      expect(await store.append({ events: given })).toMatchObject({ kind: 'DUPLICATE_EVENT' });
      // A repetition appends nothing, so it needs no clock.
      setClock(later(-60_000));
      expect(await store.append({ ...again, request })).toMatchObject({ kind: 'REPEATED' });
      setClock(later(0));
      await expectLength(store, 2);
    },
  },
  {
    name: 'forgets the key of a request that was refused',
    async run({ store }) {
      await append(store, events(1, 'a'));
      const refused = await store.append({ events: [event('a')], request, expected: new Map([['a', 'NO_STREAM']]) });
      expect(refused).toMatchObject({ kind: 'REVISION_CONFLICT' });
      await append(store, [event('a')], { request: otherDigest, expected: new Map([['a', 0]]) });
      await expectLength(store, 2);
    },
  },
];
