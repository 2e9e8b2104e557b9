import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { StoredEvent } from '../../../events/envelope.js';
import type { EventQuery, EventStore } from '../../../src/event-store/port.js';
import type { Example } from './log-under-test.js';
import { everything, historic } from './support.js';

type Page = Parameters<EventStore['find']>[1];

const instant = (second: number): string => new Date(Date.UTC(2020, 0, 1, 0, 0, second)).toISOString();

/** What `find` must answer, read off the whole log. */
function naively(log: readonly StoredEvent[], query: EventQuery, page: Page) {
  const matches = log.filter(
    (each) =>
      each.position > (query.afterPosition ?? 0) &&
      each.position <= query.upToPosition &&
      (query.streams?.includes(each.stream) ?? true) &&
      (query.types?.includes(each.type) ?? true) &&
      each.correlationId === (query.correlationId ?? each.correlationId) &&
      each.recordedAt >= (query.recordedFrom ?? '') &&
      each.recordedAt < (query.recordedUntil ?? '~'),
  );
  const between = matches.filter(
    ({ position }) => position > (page.after ?? 0) && position < (page.before ?? Infinity),
  );
  const cut = page.from === 'FIRST' ? between.slice(0, page.limit) : between.slice(-page.limit);
  return { events: cut, totalCount: matches.length };
}

const streams = ['a', 'b', 'c'];

/** Sixty events, three in each second, of various streams, types and correlation ids. */
const past = Array.from({ length: 60 }, (_, index) => {
  const erased = { type: 'ActorErased', schemaVersion: 1, data: { actor: 'a', reason: 'r' } };
  return historic(instant(Math.floor(index / 3)), {
    ...(index % 7 === 0 && erased),
    stream: streams[(index * index) % 5] ?? 'd',
    correlationId: `c${Math.floor(index / 4) % 9}`,
  });
});

const position = fc.integer({ min: 0, max: 70 });
const someOf = (values: readonly string[]) => fc.subarray([...values], { minLength: 0 });
const second = fc.integer({ min: -1, max: 25 }).map(instant);

const queries: fc.Arbitrary<EventQuery> = fc.record(
  {
    streams: someOf([...streams, 'd', 'none']),
    types: someOf(['MilestoneRecorded', 'ActorErased', 'StatusStated']),
    recordedFrom: second,
    recordedUntil: second,
    correlationId: fc.constantFrom('c0', 'c3', 'c8', 'none'),
    afterPosition: position,
    upToPosition: position,
  },
  { requiredKeys: ['upToPosition'] },
);

const pages: fc.Arbitrary<Page> = fc.record(
  {
    after: position,
    before: position,
    limit: fc.integer({ min: 1, max: 12 }),
    from: fc.constantFrom('FIRST' as const, 'LAST' as const),
  },
  { requiredKeys: ['limit', 'from'] },
);

export const finding: readonly Example[] = [
  {
    name: 'finds the events of any query, page by page, as reading the whole log would',
    async run({ store }) {
      await store.load(past);
      const log = await everything(store);
      expect(log).toHaveLength(60);
      const agree = async (query: EventQuery, page: Page): Promise<void> => {
        expect(await store.find(query, page)).toEqual(naively(log, query, page));
      };
      await fc.assert(fc.asyncProperty(queries, pages, agree), { numRuns: 500 });
    },
  },
  {
    name: 'counts all the events of a query, whichever page is asked for',
    async run({ store }) {
      await store.load(past);
      const types = { types: ['ActorErased'], upToPosition: 1000 };
      expect(await store.find(types, { limit: 1, from: 'LAST' })).toMatchObject({
        totalCount: 9,
        events: [{ position: 57 }],
      });
      expect(await store.find(types, { limit: 2, from: 'FIRST', after: 57 })).toEqual({ totalCount: 9, events: [] });
      expect((await store.find({ upToPosition: 1000 }, { limit: 1, from: 'FIRST' })).totalCount).toBe(60);
      expect((await store.find({ upToPosition: 0 }, { limit: 1, from: 'FIRST' })).totalCount).toBe(0);
    },
  },
];
