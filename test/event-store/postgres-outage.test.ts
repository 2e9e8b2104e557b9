import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { StoreUnusableError } from '../../src/event-store/errors.js';
import type { AppendResult, EventStore } from '../../src/event-store/port.js';
import { append, event, everything, expectDense, history, ids } from '../contract/event-store/support.js';
import { startProxy, type Proxy } from '../support/postgres/proxy.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, testSchemas } from '../support/postgres/shared.js';
import { testStores } from '../support/postgres/stores.js';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describeOnPostgres('a PostgreSQL server that goes away', () => {
  const open = testStores();
  let server: PostgresServer;
  let schemas = 0;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());
  const newLog = () => ({ url: server.url, schema: `log_${(schemas += 1)}` });

  it.each(['FAST', 'IMMEDIATE'] as const)(
    'and comes back is survived under load (%s): each append happens once or fails, and nothing acknowledged is lost',
    async (how) => {
      const log = newLog();
      const stores = await Promise.all([open(log), open(log), open(log)]);
      const acknowledged: string[] = [];
      const tried = new Set<string>();
      let restarting = true;
      const write = async (store: EventStore): Promise<void> => {
        while (restarting) {
          const given = [event('a'), event('b')];
          for (const id of ids(given)) tried.add(id);
          const result: AppendResult = await store.append({ events: given });
          expect(result.kind).toBe('APPENDED');
          acknowledged.push(...ids(given));
        }
      };
      let wakes = 0;
      stores[0].onAppend(() => (wakes += 1));
      const writing = Promise.all(stores.flatMap((store) => [1, 2, 3, 4].map(() => write(store))));
      const reading = (async () => {
        let seen = 0;
        while (restarting) {
          const { position } = await stores[1].head();
          expect(position).toBeGreaterThanOrEqual(seen);
          seen = position;
          await wait(2);
        }
      })();
      for (let round = 0; round < 3; round += 1) {
        await wait(150);
        const before = acknowledged.length;
        await server.stop(how);
        await wait(50);
        await server.start();
        await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(before);
      }
      const wakesBefore = wakes;
      await expect.poll(() => wakes, { timeout: 20_000 }).toBeGreaterThan(wakesBefore);
      restarting = false;
      await Promise.all([writing, reading]);

      const read = await everything(stores[2]);
      expectDense(read);
      const held = new Set(ids(read));
      expect(held.size).toBe(read.length);
      expect(acknowledged.filter((id) => !held.has(id))).toEqual([]);
      expect([...held].filter((id) => !tried.has(id))).toEqual([]);
      for (let index = 0; index < read.length; index += 2) {
        expect([read[index]?.stream, read[index + 1]?.stream]).toEqual(['a', 'b']);
      }
    },
  );

  it('for good is told to everybody in time, and nobody waits longer for the next one than for the first', async () => {
    const store = await open({ ...newLog(), retryTimeoutMs: 300 });
    await append(store, [event('a')]);
    await server.stop();
    const unreachable = expect.objectContaining({ name: 'StoreUnusableError', code: 'UNREACHABLE' }) as Error;
    await expect(store.append({ events: [event('a')] })).rejects.toThrow(unreachable);
    await expect(store.head()).rejects.toThrow(unreachable);
    await expect(store.load(history(3))).rejects.toThrow(unreachable);
    await expect(open({ ...newLog(), retryTimeoutMs: 100 })).rejects.toThrow(unreachable);
    await server.start();
    expect((await store.head()).position).toBe(1);
    await append(store, [event('a')], { expected: new Map([['a', 0]]) });
  });

  it('lets whoever closes a store go while it is away', async () => {
    const store = await open(newLog());
    store.onAppend(() => {});
    await server.stop();
    const pending = store.append({ events: [event('a')] });
    await wait(100);
    const closed = store.close();
    await expect(pending).rejects.toThrow(StoreUnusableError);
    await closed;
    await server.start();
  });
});

describeOnPostgres('a connection to PostgreSQL that breaks', (url) => {
  const newSchema = testSchemas(url);
  const open = testStores();
  let proxy: Proxy;
  beforeEach(async () => {
    proxy = await startProxy(url);
  });
  afterEach(() => proxy.close());

  it('before a commit is made again, and the append happens once', async () => {
    const store = await open({ url: proxy.url, schema: newSchema() });
    await append(store, [event('a')]);
    proxy.cutNextCommit('BEFORE');
    const [second] = await append(store, [event('a')], { expected: new Map([['a', 0]]) });
    expect(second?.position).toBe(2);
    expect(await everything(store)).toHaveLength(2);
  });

  it('after a commit, whose answer is lost, is made again, and the append is found to have happened', async () => {
    const schema = newSchema();
    const store = await open({ url: proxy.url, schema });
    await append(store, [event('a')]);
    proxy.cutNextCommit('AFTER');
    const both = await Promise.all([
      append(store, [event('a'), event('b')], { expected: new Map([['a', 0]]) }),
      store.append({ events: [event('c')], expectedHead: 0 }),
    ]);
    expect(both[0].map(({ position }) => position)).toEqual([2, 3]);
    expect(both[1]).toEqual({ kind: 'HEAD_MOVED', actual: 3 });
    const log = await everything(store);
    expect(log.slice(1)).toEqual(both[0]);
    expectDense(log);
  });

  it('after a commit, for good, is told as what it is: the append may have happened', async () => {
    const schema = newSchema();
    const store = await open({ url: proxy.url, schema, retryTimeoutMs: 300 });
    const request = { idempotencyKey: 'key', digest: 'digest' };
    const given = event('a');
    proxy.cutNextCommit('FOR_GOOD');
    const pending = store.append({ events: [given], request });
    await expect(pending).rejects.toThrow(/may be in it.*ids.*idempotency key/);
    proxy.open();
    // Whoever repeats the request with its key, or asks for the event by its id, learns what became of it.
    expect(await store.append({ events: [event('a')], request })).toMatchObject({ kind: 'REPEATED' });
    expect(ids(await store.byIds([given.id]))).toEqual([given.id]);
    expect(await everything(store)).toHaveLength(1);
  });

  it('in the middle of a load fails it, and nothing of it is there', async () => {
    const store = await open({ url: proxy.url, schema: newSchema() });
    const given = history(3000);
    const breaking = function* () {
      yield* given.slice(0, 2500);
      proxy.shut();
      proxy.open();
      yield* given.slice(2500);
    };
    await expect(store.load(breaking())).rejects.toThrow(/in the middle of a load. Nothing was loaded; load it again/);
    expect((await store.head()).position).toBe(0);
    expect(await store.load(given)).toEqual({ loaded: 3000, present: 0 });
  });

  it('at the end of a load, whose commit has no answer, is made again, and the load is found to have happened', async () => {
    const store = await open({ url: proxy.url, schema: newSchema() });
    const given = history(40);
    proxy.cutNextCommit('AFTER');
    expect(await store.load(given.slice(0, 30))).toEqual({ loaded: 30, present: 0 });
    proxy.cutNextCommit('BEFORE');
    await expect(store.load(given)).rejects.toThrow(/Nothing was loaded/);
    expect((await store.head()).position).toBe(30);
  });

  it('stopped in the middle of an append keeps the lock from others for ten seconds at most', async () => {
    const schema = newSchema();
    const stopped = await open({ url: proxy.url, schema });
    const other = await open({ url, schema });
    await append(other, [event('a')]);
    const holdUp = proxy.holdUpAfter('FOR UPDATE');
    const late = append(stopped, [event('a')]);
    await holdUp.held;
    const begun = performance.now();
    await append(other, [event('a')]);
    expect(performance.now() - begun).toBeLessThan(15_000);
    holdUp.release();
    expect((await late)[0]?.position).toBe(3);
    expectDense(await everything(other));
  });
});
