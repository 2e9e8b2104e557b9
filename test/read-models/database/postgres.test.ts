import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { isDatabaseFailure } from '../../../src/read-models/database/database-failure.js';
import { ReadDatabaseUnusableError } from '../../../src/read-models/database/errors.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../../src/read-models/database/open.js';
import { liveVersion, versionsOf } from '../../../src/read-models/database/versions.js';
import { startPostgres, type PostgresServer } from '../../support/postgres/server.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../../support/postgres/shared.js';

const opened: ReadDatabaseHandle[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((handle) => handle.close()));
});

async function open(url: string): Promise<ReadDatabaseHandle> {
  const handle = await openReadDatabase({ engine: 'postgres', url });
  opened.push(handle);
  return handle;
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describeOnPostgres('a schema for read models on PostgreSQL', (url) => {
  const newSchema = testSchemas(url);
  const run = (sql: string) => onPostgres(url, (client) => client.query(sql));

  async function expectRefusal(at: string, code: ReadDatabaseUnusableError['code'], says: RegExp): Promise<void> {
    const failure = await failureOf(open(at));
    expect(failure).toBeInstanceOf(ReadDatabaseUnusableError);
    expect(failure).toMatchObject({ code, message: expect.stringMatching(says) as string });
    expect(String(failure)).not.toMatch(/p@ssw|p%40ssw|secret/);
  }

  function changed(change: (url: URL) => void): string {
    const copy = new URL(url);
    change(copy);
    return copy.href;
  }

  it('is made if it is not there, or taken if it is empty', async () => {
    const [absent, empty] = [newSchema(), newSchema()];
    await run(`CREATE SCHEMA ${empty}`);
    for (const schema of [absent, empty]) {
      const handle = await open(inSchema(url, schema));
      expect(handle.dialect.name).toBe('postgres');
      expect(await versionsOf(handle.reading)).toHaveLength(1);
    }
  });

  it('compares text in every column by its bytes, whatever the language of the database', async () => {
    const schema = newSchema();
    await open(inSchema(url, schema));
    const { rows } = await run(
      `SELECT collation_name, count(*)::integer > 40 AS many FROM information_schema.columns
       WHERE table_schema = '${schema}' AND data_type = 'text' GROUP BY 1`,
    );
    expect(rows).toEqual([{ collation_name: 'C', many: true }]);
  });

  it('is left as it is when it holds something else', async () => {
    const schema = newSchema();
    await run(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.theirs (a integer)`);
    await expectRefusal(
      inSchema(url, schema),
      'FOREIGN',
      /holds tables, but not those of read models.*READ_DATABASE_URL/,
    );
    const { rows } = await run(`SELECT relname FROM pg_class WHERE relnamespace = '${schema}'::regnamespace`);
    expect(rows).toEqual([{ relname: 'theirs' }]);
  });

  it('is told with its place and the remedy when nobody gets there, and without the password', async () => {
    const port = changed((each) => (each.port = '1'));
    await expectRefusal(
      port,
      'UNREACHABLE',
      /127\.0\.0\.1:1\/postgres, schema peildatum_read cannot be reached.*READ_DATABASE_URL/,
    );
    const word = changed((each) => (each.password = 'wrong-secret'));
    await expectRefusal(word, 'REFUSED', /cannot be entered.*READ_DATABASE_URL/);
    const database = changed((each) => (each.pathname = '/no_such_database'));
    await expectRefusal(database, 'REFUSED', /no_such_database/);
    await expectRefusal(inSchema(url, 'pg_own'), 'UNSUPPORTED', /'pg_own' cannot be the schema of the read models/);
  });

  it('is refused to who may not make it, not enter it or not change it, and open to its owner', async () => {
    const [schema, user] = [newSchema(), newSchema()];
    await run(`CREATE ROLE ${user} LOGIN PASSWORD 'own'`);
    const own = inSchema(
      changed((each) => {
        each.username = user;
        each.password = 'own';
      }),
      schema,
    );
    await expectRefusal(own, 'NOT_WRITABLE', /permission denied/);
    const made = await open(inSchema(url, schema));
    await expectRefusal(own, 'NOT_WRITABLE', /may not be used by this user|permission denied/);
    await run(`GRANT USAGE ON SCHEMA ${schema} TO ${user}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${user}`);
    await expectRefusal(own, 'NOT_WRITABLE', /not written by this user.*docs\/postgresql\.md/);
    await made.close();
    await run(`DROP SCHEMA ${schema} CASCADE; CREATE SCHEMA ${schema} AUTHORIZATION ${user}`);
    expect(await versionsOf((await open(own)).reading)).toHaveLength(1);
    await Promise.all(opened.splice(0).map((handle) => handle.close()));
    await run(`DROP OWNED BY ${user} CASCADE; DROP ROLE ${user}`);
  });

  it('is read on by who has it open when another release adds a column', async () => {
    const schema = newSchema();
    const handle = await open(inSchema(url, schema));
    // More often than there are connections: then each of them has planned the question.
    const ask = () => Promise.all(Array.from({ length: 30 }, () => liveVersion(handle.reading)));
    await ask();
    await run(`ALTER TABLE ${schema}.read_model_version ADD COLUMN later integer`);
    expect((await ask()).map((row) => row?.version)).toEqual(Array.from({ length: 30 }, () => 1));
  });

  it('asks nothing in a transaction by the connections that read', async () => {
    const { reading } = await open(inSchema(url, newSchema()));
    await expect(reading.transaction().execute(async () => {})).rejects.toThrow(/one by one/);
  });

  it('does not stay locked by a writer that sleeps in the middle of a transaction', { timeout: 60_000 }, async () => {
    const at = inSchema(url, newSchema());
    const [sleeper, other] = [await open(at), await open(at)];
    const lock = (handle: ReadDatabaseHandle, failure: string, then: () => Promise<void>) =>
      handle.writing.transaction().execute(async (transaction) => {
        await transaction.updateTable('read_model_version').set({ failure }).execute();
        await then();
        await transaction.updateTable('read_model_version').set({ failure }).execute();
      });
    const [locked, awoken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sleeping = failureOf(
      lock(sleeper, 'locked', async () => {
        locked.resolve();
        await awoken.promise;
      }),
    );
    await locked.promise;
    const deadline = performance.now() + 30_000;
    let failure: unknown;
    do failure = await failureOf(lock(other, 'locked by the other', async () => {}));
    while (failure !== 'nothing failed' && performance.now() < deadline);
    expect(failure).toBe('nothing failed');
    awoken.resolve();
    const lost = await sleeping;
    expect(lost).toBeInstanceOf(Error);
    expect(isDatabaseFailure(lost)).toBe(true);
    expect(await liveVersion(other.reading)).toMatchObject({ failure: 'locked by the other' });
  });
});

describeOnPostgres('a server with read models that goes away', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.remove());

  it.each(['FAST', 'IMMEDIATE'] as const)('and comes back (%s): no question fails', async (how) => {
    const handle = await open(inSchema(server.url, `read_${how.toLowerCase()}`));
    let [asking, answered] = [true, 0];
    const all = Promise.all(
      Array.from({ length: 12 }, async () => {
        while (asking) {
          expect((await liveVersion(handle.reading))?.version).toBe(1);
          answered += 1;
        }
      }),
    );
    for (let round = 0; round < 2; round += 1) {
      await wait(100);
      await server.stop(how);
      await wait(50);
      await server.start();
      const before = answered;
      await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(before + 12);
    }
    asking = false;
    await all;
  });

  it('fails what is being written, as something that passes, and half of it is nowhere', async () => {
    const handle = await open(inSchema(server.url, 'written'));
    const failure = await failureOf(
      handle.writing.transaction().execute(async (transaction) => {
        await transaction.updateTable('read_model_version').set({ position: 7 }).execute();
        await server.stop('IMMEDIATE');
        await transaction.updateTable('read_model_version').set({ position: 8 }).execute();
      }),
    );
    expect(failure).toBeInstanceOf(Error);
    expect(isDatabaseFailure(failure)).toBe(true);
    await server.start();
    expect(await liveVersion(handle.reading)).toMatchObject({ position: 0 });
    await handle.writing.updateTable('read_model_version').set({ position: 9 }).execute();
    expect(await liveVersion(handle.reading)).toMatchObject({ position: 9 });
  });
});
