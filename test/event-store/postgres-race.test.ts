import { expect, it } from 'vitest';
import type { AppendResult, EventStore } from '../../src/event-store/port.js';
import { event, events, everything, expectDense, historic, ids } from '../contract/event-store/support.js';
import { describeOnPostgres, testSchemas } from '../support/postgres/shared.js';
import { testStores } from '../support/postgres/stores.js';

const WRITERS = 5;
const READERS = 3;
const APPENDS = 3000;

/** Reads on, page by page, until the log has that many events. What it has seen is what was there to be seen. */
async function follow(store: EventStore, page: number, until: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < until) {
    const next = await store.readAll(seen.length, page);
    expect(next.map(({ position }) => position)).toEqual(next.map((_, index) => seen.length + 1 + index));
    seen.push(...ids(next));
    if (next.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return seen;
}

describeOnPostgres('a race on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const open = testStores();

  it('of thousands of appends gives dense positions, one winner for each revision, and no reader skips any', async () => {
    const schema = newSchema();
    const stores = await Promise.all(Array.from({ length: WRITERS }, () => open({ url, schema })));
    const readers = await Promise.all(Array.from({ length: READERS }, () => open({ url, schema })));
    // Two events each, and one more for each that wins the stream that all of them want.
    const total = APPENDS * 2;
    const following = readers.map((reader, index) => follow(reader, [1, 17, 500][index] ?? 50, total));

    const kinds = new Map<AppendResult['kind'], number>();
    let next = 0;
    const write = async (store: EventStore, writer: number): Promise<void> => {
      while (next < APPENDS) {
        const index = (next += 1);
        const given = [event(`stream-${index % 40}`), event(`own-${writer}`)];
        const result = await store.append({ events: given });
        kinds.set(result.kind, (kinds.get(result.kind) ?? 0) + 1);
      }
    };
    // Several at a time from each store, so that its groups are of all sizes.
    await Promise.all(stores.flatMap((store) => Array.from({ length: 6 }, (_, writer) => write(store, writer))));
    expect(kinds).toEqual(new Map([['APPENDED', APPENDS]]));

    const log = await everything(readers[0] as EventStore);
    expect(log).toHaveLength(total);
    expectDense(log);
    for (const seen of await Promise.all(following)) expect(seen).toEqual(ids(log));
    for (let index = 0; index < log.length; index += 2) expect(log[index + 1]?.stream).toMatch(/^own-/);
  });

  it('for one revision is won by one, among many stores, and told to the others truly', async () => {
    const schema = newSchema();
    const stores = await Promise.all(Array.from({ length: WRITERS }, () => open({ url, schema })));
    for (let revision = -1; revision < 20; revision += 1) {
      const expected = new Map([['wanted', revision === -1 ? ('NO_STREAM' as const) : revision]]);
      const results = await Promise.all(
        stores.flatMap((store) => [0, 1, 2].map(() => store.append({ events: [event('wanted')], expected }))),
      );
      expect(results.filter(({ kind }) => kind === 'APPENDED')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind !== 'APPENDED')).toEqual(
        Array.from({ length: WRITERS * 3 - 1 }, () => ({
          kind: 'REVISION_CONFLICT',
          stream: 'wanted',
          actual: revision + 1,
        })),
      );
    }
  });

  it('of a load with readers shows them nothing of it before all of it', async () => {
    const schema = newSchema();
    const [loading, reading] = [await open({ url, schema }), await open({ url, schema })];
    const count = 12_000;
    const seen = new Set<number>();
    let isLoading = true;
    const looking = (async () => {
      while (isLoading) {
        seen.add((await reading.head()).position);
        seen.add((await reading.readAll(0, 1)).length);
        seen.add((await reading.find({ upToPosition: count }, { limit: 1, from: 'LAST' })).totalCount);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const past = function* () {
      for (let index = 0; index < count; index += 1) {
        yield historic('2020-01-01T00:00:00.000Z', { stream: `stream-${index % 700}` });
      }
    };
    expect(await loading.load(past())).toEqual({ loaded: count, present: 0 });
    isLoading = false;
    await looking;
    // It may have been committed just before its end was known here.
    for (const length of seen) expect([0, 1, count]).toContain(length);
    expect(seen).toContain(0);
    expectDense(await everything(reading));
  });

  it('is over when all is said: who closes a store has heard of each append', async () => {
    const store = await open({ url, schema: newSchema() });
    const pending = events(200, 'a').map((each) => store.append({ events: [each] }));
    await store.close();
    expect((await Promise.all(pending)).map(({ kind }) => kind)).toEqual(pending.map(() => 'APPENDED'));
  });
});
