/**
 * What the log costs on PostgreSQL, as a ratio to the same on SQLite in the same run: appends one by one, appends a hundred
 * at a time, the load of a history, and reading it back. Both make each commit durable.
 *
 * npm run bench:engines -- postgres://user:password@host/database [events of the history] [rounds]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { newEventId } from '../src/event-store/event-id.js';
import type { EventStore } from '../src/event-store/port.js';
import { openPostgresEventStore } from '../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { appendWorks, history, median, spread, type Work } from './append-works.js';

const [, , url, count = '20000', times = '5'] = process.argv;
if (url === undefined) throw new Error('Name a PostgreSQL database: postgres://user:password@host:port/database.');
const HISTORY = Number(count);
const ROUNDS = Number(times);

const works: readonly Work[] = [
  ...appendWorks({ singles: 500, groups: 30, load: HISTORY }),
  {
    name: 'read them all',
    events: HISTORY,
    perCommit: HISTORY,
    prepare: (store) => store.load(history(HISTORY)),
    async work(store) {
      let position = 0;
      while (position < HISTORY) position = (await store.readAll(position, 1000)).at(-1)?.position ?? HISTORY;
    },
  },
];

async function timed(store: EventStore, { prepare, work }: Work): Promise<number> {
  await prepare?.(store);
  const begun = performance.now();
  await work(store);
  const took = performance.now() - begun;
  await store.close();
  return took;
}

async function onSqlite(work: Work): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
  const took = await timed(openSqliteEventStore({ file: join(directory, 'log.sqlite') }), work);
  rmSync(directory, { recursive: true });
  return took;
}

async function onPostgres(at: string, work: Work): Promise<number> {
  const schema = `bench_${newEventId().replaceAll('-', '')}`;
  const took = await timed(await openPostgresEventStore({ url: at, schema }), work);
  const client = new Client({ connectionString: at });
  await client.connect();
  await client.query(`DROP SCHEMA ${schema} CASCADE`);
  await client.end();
  return took;
}

const table: Record<string, Record<string, string>> = {};
for (const each of works) {
  const rounds: { readonly sqlite: number; readonly postgres: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ sqlite: await onSqlite(each), postgres: await onPostgres(url, each) });
  }
  const rate = (engine: 'sqlite' | 'postgres'): string =>
    (each.events / (median(rounds.map((round) => round[engine])) / 1000)).toFixed(0);
  const ratios = rounds.map(({ sqlite, postgres }) => sqlite / postgres);
  table[each.name] = {
    'SQLite, events/s': rate('sqlite'),
    'PostgreSQL, events/s': rate('postgres'),
    'PostgreSQL to SQLite': spread(ratios),
  };
}
console.table(table);
