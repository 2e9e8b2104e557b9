import { Client } from 'pg';
import { expect, it } from 'vitest';
import { StoreUnusableError } from '../../src/event-store/errors.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import { append, event, events, everything, history } from '../contract/event-store/support.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../support/postgres/shared.js';
import { testStores } from '../support/postgres/stores.js';

describeOnPostgres('a log on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const open = testStores();

  it('refuses to change or remove events and requests, whoever asks', async () => {
    const schema = newSchema();
    const store = await open({ url, schema });
    for (const each of events(5, 'a')) {
      await append(store, [each], { request: { idempotencyKey: each.id, digest: 'd' } });
    }
    const before = await everything(store);
    for (const sql of [
      `UPDATE event SET actor = 'somebody'`,
      `UPDATE event SET data = data WHERE position = 1`,
      `DELETE FROM event WHERE position = 5`,
      `DELETE FROM event`,
      `TRUNCATE event`,
      `TRUNCATE stream, event, request CASCADE`,
      `UPDATE request SET digest = 'other'`,
      `DELETE FROM request`,
      `TRUNCATE request`,
      `DELETE FROM log_end`,
      `SET session_replication_role = replica; DELETE FROM event`,
    ]) {
      const asking = onPostgres(url, (client) => client.query(`SET search_path TO ${schema}; ${sql}`));
      await expect(asking, sql).rejects.toThrow(/never changed or removed/);
    }
    expect(await everything(store)).toEqual(before);
  });

  it('keeps the leaf hash of each event, and its data as text as it was appended', async () => {
    const schema = newSchema();
    const store = await open({ url, schema });
    await store.load(history(3));
    const data = { text: 'é "\u2028" 👩‍👩‍👧‍👦 \\u0041', on: '2020-04', evidence: [], precision: 'SEASON' };
    await append(store, [event('a', { data })], { request: { idempotencyKey: 'k', digest: 'd' } });
    const log = await everything(store);
    const { rows } = await onPostgres(url, (client) =>
      client.query<{ hash: Buffer; data: string }>(`SELECT hash, data FROM ${schema}.event ORDER BY position`),
    );
    expect(rows.map(({ hash }) => hash)).toEqual(log.map(leafHash));
    expect(rows.at(-1)?.data).toBe(JSON.stringify(data));
  });

  it('commits durably also where the server would not', async () => {
    const schema = newSchema();
    const lax = new URL(url);
    lax.searchParams.set('options', '-c synchronous_commit=off');
    const store = await open({ url: lax.href, schema });
    await onPostgres(url, (client) =>
      client.query(`
        CREATE TABLE ${schema}.noted (value text);
        CREATE FUNCTION ${schema}.note() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO ${schema}.noted VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
        CREATE TRIGGER note AFTER INSERT ON ${schema}.event FOR EACH ROW EXECUTE FUNCTION ${schema}.note();`),
    );
    await append(store, [event('a')]);
    const { rows } = await onPostgres(url, (client) => client.query(`SELECT value FROM ${schema}.noted`));
    expect(rows).toEqual([{ value: 'on' }]);
  });

  it('takes the schema that its URL names, and keeps logs of one database apart', async () => {
    const [one, other] = [newSchema(), newSchema()];
    const first = await open({ url: inSchema(url, one) });
    const second = await open({ url: inSchema(url, other) });
    await append(first, events(3, 'a'));
    await append(second, [event('a')], { expected: new Map([['a', 'NO_STREAM']]) });
    expect((await (await open({ url, schema: one })).head()).position).toBe(3);
    expect((await (await open({ url, schema: other })).head()).position).toBe(1);
  });

  it('waits for another that writes, and lets readers read meanwhile', async () => {
    const schema = newSchema();
    const store = await open({ url, schema });
    await append(store, [event('a')]);
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query(`BEGIN; SELECT FROM ${schema}.log_end FOR UPDATE`);
    let appended = false;
    const pending = append(store, [event('a')]).finally(() => (appended = true));
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await store.head()).position).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(appended).toBe(false);
    await other.query('COMMIT');
    await other.end();
    await pending;
    expect((await store.head()).position).toBe(2);
  });

  it('notices that something wrote past its lock, and appends nothing to that', async () => {
    const schema = newSchema();
    const store = await open({ url, schema });
    await append(store, [event('a')]);
    await onPostgres(url, (client) =>
      client.query(`
        CREATE FUNCTION ${schema}.meddle() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN NEW.revision := NEW.revision + 1; RETURN NULL; END $$;
        CREATE TRIGGER meddle BEFORE UPDATE ON ${schema}.stream FOR EACH ROW EXECUTE FUNCTION ${schema}.meddle();`),
    );
    await expect(store.append({ events: [event('a')] })).rejects.toThrow(/without taking its lock/);
    expect((await store.head()).position).toBe(1);
    await append(store, [event('b')]);
  });

  it('begins no log where one is expected', async () => {
    const schema = newSchema();
    const opening = openPostgresEventStore({ url, schema, existing: true });
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: 'ABSENT' }));
    const { rows } = await onPostgres(url, (client) =>
      client.query(`SELECT FROM pg_namespace WHERE nspname = $1`, [schema]),
    );
    expect(rows).toEqual([]);
    await open({ url, schema });
    await open({ url, schema, existing: true });
  });
});

describeOnPostgres('a schema that is no usable log', (url) => {
  const newSchema = testSchemas(url);
  const run = (sql: string) => onPostgres(url, (client) => client.query(sql));

  async function expectUnusable(schema: string, code: StoreUnusableError['code'], says: RegExp): Promise<void> {
    const failure: unknown = await openPostgresEventStore({ url, schema }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnusableError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says) as string });
    // The message is for people: it names the place, and no password.
    expect(String(failure)).toContain(schema);
    expect(String(failure)).not.toMatch(/p@ss|p%40ss/);
  }

  async function closedLog(): Promise<string> {
    const schema = newSchema();
    const store = await openPostgresEventStore({ url, schema });
    await append(store, events(3, 'a'));
    await store.close();
    return schema;
  }

  it('is left as it is when it holds tables of another program', async () => {
    const schema = newSchema();
    await run(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.event (position integer)`);
    await expectUnusable(schema, 'FOREIGN', /Name another schema/);
    const { rows } = await run(`SELECT relname FROM pg_class WHERE relnamespace = '${schema}'::regnamespace`);
    expect(rows).toEqual([{ relname: 'event' }]);
  });

  it('may be there, but empty', async () => {
    const schema = newSchema();
    await run(`CREATE SCHEMA ${schema}`);
    const store = await openPostgresEventStore({ url, schema });
    await append(store, [event('a')]);
    expect(await everything(store)).toHaveLength(1);
    await store.close();
  });

  it('is left as it is when a newer release wrote it', async () => {
    const schema = await closedLog();
    await run(`INSERT INTO ${schema}.log_version (version) VALUES (99)`);
    await expectUnusable(schema, 'TOO_NEW', /version 99.*start that release or a later one/);
  });

  it('is damaged: without one of its tables, indexes or triggers, or its last events', async () => {
    for (const sql of [
      'DROP TABLE request',
      'DROP INDEX event_by_type',
      'DROP TRIGGER event_is_never_changed ON event',
      'ALTER TABLE event DISABLE TRIGGER event_is_never_changed',
      'ALTER TABLE event DISABLE TRIGGER ALL; DELETE FROM event WHERE position = 3; ALTER TABLE event ENABLE TRIGGER ALL',
    ]) {
      const schema = await closedLog();
      await run(`SET search_path TO ${schema}; ${sql}`);
      await expectUnusable(schema, 'CORRUPT', /Restore a backup/);
    }
  });

  it('is damaged while it is in use: the next question says so', async () => {
    const schema = newSchema();
    const store = await openPostgresEventStore({ url, schema });
    await run(`DROP SCHEMA ${schema} CASCADE`);
    await expect(store.head()).rejects.toThrow(
      expect.objectContaining({ name: 'StoreUnusableError', code: 'CORRUPT' }),
    );
    await expect(store.append({ events: [event('a')] })).rejects.toThrow(/Restore a backup/);
    await store.close();
  });

  it('cannot be in a database that cannot hold all text', async () => {
    await run(`CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const latin = new URL(url);
    latin.pathname = '/latin';
    const opening = openPostgresEventStore({ url: latin.href });
    await expect(opening).rejects.toThrow(/encoding LATIN1/);
    await run('DROP DATABASE latin');
  });

  it('says what is wrong with its name', async () => {
    for (const schema of ['', 'Upper', 'a"b', 'pg_own', 'information_schema', 'x'.repeat(64), 'a.b', 'a;b']) {
      const opening = openPostgresEventStore({ url, schema });
      await expect(opening, schema).rejects.toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
    }
  });
});
