import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { compose } from '../../src/server/compose.js';
import { newServerProcess } from '../recording/server-process.js';
import { testDirectory } from '../support/directory.js';
import { startPostgres, type PostgresServer } from '../support/postgres/server.js';
import { describeOnPostgres, inSchema, onPostgres, testSchemas } from '../support/postgres/shared.js';

describeOnPostgres('opening a log on PostgreSQL', (url) => {
  const directory = testDirectory();
  const newSchema = testSchemas(url);

  it('fills it with the shipped history when it is empty, and goes on with it the next time', async () => {
    const EVENT_STORE_URL = inSchema(url, newSchema());
    const { config, problems } = readConfig({ DATA_DIR: join(directory, 'data'), EVENT_STORE_URL, READY_LAG: '0' });
    if (!config) throw new Error(problems.join('\n'));
    for (const logs of [/shipped history/, /^$/]) {
      const logged: string[] = [];
      const logger = pino({}, { write: (line: string) => void logged.push(line) });
      const composition = await compose(config, logger);
      expect(await composition.health()).toMatchObject({ ready: true, checks: { eventStore: {} } });
      await composition.close();
      expect(logged.join('')).toMatch(logs);
    }
  });
});

describeOnPostgres('several servers that find one log empty', (url) => {
  const directory = testDirectory();
  const newSchema = testSchemas(url);

  it('fill it once, and only the one that did says so', async () => {
    const schema = newSchema();
    const EVENT_STORE_URL = inSchema(url, schema);
    await (await openPostgresEventStore({ url: EVENT_STORE_URL })).close();
    const logged: string[] = [];
    const logger = pino({}, { write: (line: string) => void logged.push(line) });
    const opening = await onPostgres(url, async (client) => {
      await client.query(`BEGIN; SELECT FROM ${schema}.log_end FOR UPDATE`);
      const all = ['a', 'b', 'c'].map((name) => {
        const { config, problems } = readConfig({ DATA_DIR: join(directory, name), EVENT_STORE_URL });
        if (!config) throw new Error(problems.join('\n'));
        return compose(config, logger);
      });
      // On a connection of its own: in a transaction the server goes on telling what it told first.
      const many = () =>
        onPostgres(url, async (other) => {
          const { rows } = await other.query<{ waiting: number }>(
            `SELECT count(*)::integer AS waiting FROM pg_stat_activity
             WHERE wait_event_type = 'Lock' AND query LIKE '%log_end FOR UPDATE%'`,
          );
          return rows[0]?.waiting;
        });
      await expect.poll(many, { timeout: 20_000 }).toBe(all.length);
      return all;
    });
    for (const composition of await Promise.all(opening)) await composition.close();
    expect(logged.filter((line) => line.includes('shipped history'))).toEqual([
      expect.stringMatching(/"events":[1-9]/),
    ]);
  });
});

const question = `{
  crossTab(subjects: REGION, rows: { scale: "agreements" }, columns: { moments: [{ period: "2019-03" }, { period: "2020-10" }] }) {
    rows { label } cells { count }
  }
  statusChanges(first: 20) { totalCount edges { node { effectiveOn direction subject { name } } } }
}`;

async function answer(url: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: question }),
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(text);
  return text;
}

describeOnPostgres('a server with its log and its read models in one database', () => {
  const directory = testDirectory();
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.remove());

  it('answers as one with files does, also after either of them was started again', { timeout: 120_000 }, async () => {
    const files = await newServerProcess(join(directory, 'files'));
    await files.start();
    const expected = await answer(files.url);
    await files.terminate();

    const settings = { EVENT_STORE_URL: postgres.url, READ_DATABASE_URL: postgres.url };
    const server = await newServerProcess(join(directory, 'server'), settings);
    await server.start();
    expect(await answer(server.url)).toBe(expected);
    await server.kill();
    await server.start();
    expect(await answer(server.url)).toBe(expected);

    for (const how of ['FAST', 'IMMEDIATE'] as const) {
      await postgres.stop(how);
      const waiting = answer(server.url);
      await postgres.start();
      expect(await waiting).toBe(expected);
      const ready = async () => (await fetch(`${server.url}/health/ready`)).ok;
      await expect.poll(ready, { timeout: 30_000 }).toBe(true);
    }
    expect(await server.terminate()).toBe(0);
  });
});
