import { expect, it } from 'vitest';
import { migrate } from '../../src/event-store/postgres/migrate.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { append, event, everything, expectDense, history, ids } from '../contract/event-store/support.js';
import { startFixture } from '../support/child.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../support/postgres/shared.js';
import { acknowledgedIn, expectKept, type Acknowledged } from './acknowledged.js';

const between = (from: number, until: number): number => from + Math.floor(Math.random() * (until - from));
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, between(0, 20)));

describeOnPostgres('a log on PostgreSQL and several processes', (url) => {
  const newSchema = testSchemas(url);
  const newLog = (): string => inSchema(url, newSchema());

  async function readLog(log: string) {
    const store = await openPostgresEventStore({ url: log });
    const read = await everything(store);
    await store.close();
    return read;
  }

  it('is created once and written by all of them', async () => {
    const log = newLog();
    const children = ['a', 'b', 'c', 'd'].map((stream) => startFixture('append-events.mjs', log, stream, '50'));
    await Promise.all(children.map((child) => child.ended()));
    const read = await readLog(log);
    expect(read).toHaveLength(4 * 50 * 3);
    expectKept(
      read,
      children.flatMap((child) => acknowledgedIn(child.lines)),
    );
  });

  it('loses nothing acknowledged and keeps nothing half when a writer is killed, again and again', async () => {
    const log = newLog();
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < 8; round += 1) {
      const child = startFixture('append-events.mjs', log, `round-${round}`);
      // The first is killed wherever it is then, perhaps while it creates the tables; the others while they append.
      if (round > 0) await child.written(between(1, 60));
      await aMoment();
      await child.kill();
      acknowledged.push(...acknowledgedIn(child.lines));
      expectKept(await readLog(log), acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it.each([1, 17, 200])('holds nothing of a load that was killed after %i hundred events', async (hundreds) => {
    const log = newLog();
    const past = history(3);
    const store = await openPostgresEventStore({ url: log });
    await store.load(past);
    const child = startFixture('load-without-end.mjs', log);
    await child.written(hundreds);
    await aMoment();
    expect((await store.head()).position).toBe(3);
    await child.kill();
    expect(ids(await everything(store))).toEqual(ids(past));
    // The server finds out that nobody is there any more, and the next append need not wait for long.
    await append(store, [event('stream-0')], { expected: new Map([['stream-0', 'NO_STREAM']]) });
    expectDense(await everything(store));
    await store.close();
  });

  it('has its tables made once by ten that begin at the same time', async () => {
    const log = newLog();
    const stores = await Promise.all(Array.from({ length: 10 }, () => openPostgresEventStore({ url: log })));
    await Promise.all(stores.map((store, index) => append(store, [event(`stream-${index}`)])));
    for (const store of stores) {
      expectDense(await everything(store));
      await store.close();
    }
    expect(await readLog(log)).toHaveLength(10);
  });
});

describeOnPostgres('migrations of a log on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const addressOf = (schema: string) => ({ url, schema, place: schema });
  const migrateIn = (schema: string, migrations: readonly string[]) =>
    onPostgres(url, async (client) => {
      await client.query(`SET search_path TO ${schema}`);
      await migrate(client, addressOf(schema), migrations);
    });
  const rowsIn = (schema: string, table: string) =>
    onPostgres(url, async (client) => (await client.query(`SELECT * FROM ${schema}.${table} ORDER BY 1`)).rows);

  const steps = [
    'CREATE TABLE log_end (step integer); INSERT INTO log_end VALUES (1)',
    'INSERT INTO log_end VALUES (2)',
    'INSERT INTO log_end VALUES (3)',
  ];

  it('are done one after the other, once, by however many try', async () => {
    const schema = newSchema();
    await migrateIn(schema, steps.slice(0, 1));
    await Promise.all(Array.from({ length: 10 }, () => migrateIn(schema, steps)));
    await migrateIn(schema, steps);
    expect(await rowsIn(schema, 'log_end')).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
    expect(await rowsIn(schema, 'log_version')).toMatchObject([{ version: 1 }, { version: 2 }, { version: 3 }]);
  });

  it('leave the log as it was when one of them fails', async () => {
    const schema = newSchema();
    await migrateIn(schema, steps.slice(0, 1));
    const failing = migrateIn(schema, [...steps.slice(0, 2), 'INSERT INTO nowhere VALUES (3)']);
    await expect(failing).rejects.toThrow(/nowhere/);
    expect(await rowsIn(schema, 'log_end')).toEqual([{ step: 1 }]);
    await migrateIn(schema, steps);
    expect(await rowsIn(schema, 'log_end')).toHaveLength(3);
  });

  it('leave nothing behind when the first of them fails', async () => {
    const schema = newSchema();
    await expect(migrateIn(schema, ['CREATE TABLE log_end (a integer); SELECT 1 / 0'])).rejects.toThrow(/zero/);
    const { rows } = await onPostgres(url, (client) =>
      client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]),
    );
    expect(rows).toEqual([]);
  });
});
