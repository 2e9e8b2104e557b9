import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AppendResult, EventStore, LoadResult } from '../../src/event-store/port.js';
import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { rootAt } from '../../src/proofs/merkle/root.js';
import { history as histories } from '../model/histories/arbitrary.js';
import { historicEvents, type History } from '../model/histories/history.js';
import { everything } from '../contract/event-store/support.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { describeOnPostgres, dropSchema, newSchema, onPostgres } from '../support/postgres/shared.js';
import { newTestClock } from '../support/test-clock.js';

const OPENED_AT = '2021-01-15T00:00:00.000Z';

interface Played {
  readonly answers: readonly (AppendResult | LoadResult)[];
  /** The text of each event's data, and its hash, as they are stored. */
  readonly stored: readonly { readonly data: string; readonly hash: string }[];
  readonly log: Awaited<ReturnType<typeof everything>>;
  /** Of the Merkle tree, at every size. */
  readonly roots: readonly Buffer[];
}

const rootsOf = (store: EventStore, size: number): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: size + 1 }, (_, each) => rootAt(each, store.subtreeHashes)));

/** Loads and appends a history as it came about, now and then with a request that is repeated, or in conflict. */
async function play(store: EventStore, setClock: (instant: string) => void, { stated, live }: History) {
  const answers: (AppendResult | LoadResult)[] = [];
  setClock(OPENED_AT);
  answers.push(await store.load(historicEvents(stated)), await store.load(historicEvents(stated)));
  for (const [index, { events, at }] of live.entries()) {
    setClock(at);
    const request = { idempotencyKey: `key-${Math.floor(index / 3)}`, digest: `digest-${Math.floor(index / 2)}` };
    if (index % 3 === 1) answers.push(await store.append({ events, request }));
    if (index % 3 === 2) answers.push(await store.append({ events, expectedHead: index }));
    answers.push(await store.append({ events }), await store.append({ events }));
  }
  return answers;
}

/** What the tables of a log in a file hold; those of an index are the same. */
function storedIn(file: string): Played['stored'] {
  const db = new Database(file, { readonly: true });
  const stored = db.prepare<[], Played['stored'][number]>(
    'SELECT data, lower(hex(hash)) AS hash FROM event ORDER BY position',
  );
  const all = stored.all();
  db.close();
  return all;
}

/** Plays the history to a store that keeps the log, or an index of it, in the file. */
async function inFile(
  history: History,
  open: (file: string, clock: () => Date) => EventStore | Promise<EventStore>,
): Promise<Played> {
  const directory = mkdtempSync(join(tmpdir(), 'peildatum-'));
  const file = join(directory, 'log.db');
  const clock = newTestClock();
  const store = await open(file, clock.now);
  const answers = await play(store, clock.set, history);
  const log = await everything(store);
  const roots = await rootsOf(store, log.length);
  await store.close();
  const stored = storedIn(file);
  rmSync(directory, { recursive: true });
  return { answers, log, roots, stored };
}

const onSqlite = (history: History): Promise<Played> =>
  inFile(history, (file, clock) => openSqliteEventStore({ file, clock }));

const onKurrentdb = (url: string, history: History): Promise<Played> =>
  inFile(history, (index, clock) => openKurrentEventStore({ url, log: newLogName(), index, clock }));

async function onServer(url: string, history: History): Promise<Played> {
  const schema = newSchema();
  const clock = newTestClock();
  const store = await openPostgresEventStore({ url, schema, clock: clock.now });
  const answers = await play(store, clock.set, history);
  const log = await everything(store);
  const roots = await rootsOf(store, log.length);
  await store.close();
  const { rows } = await onPostgres(url, (client) =>
    client.query<Played['stored'][number]>(
      `SELECT data, encode(hash, 'hex') AS hash FROM ${schema}.event ORDER BY position`,
    ),
  );
  await dropSchema(url, schema);
  return { answers, log, roots, stored: rows };
}

describeOnPostgres('the same history on SQLite and on PostgreSQL', (url) => {
  it('has the same places, gets the same answers, and is the same byte for byte', { timeout: 240_000 }, async () => {
    const agree = async (history: History): Promise<void> => {
      const [file, server] = await Promise.all([onSqlite(history), onServer(url, history)]);
      expect(server).toEqual(file);
      expect(file.log.length).toBeGreaterThan(0);
    };
    await fc.assert(fc.asyncProperty(histories(30), agree), { numRuns: 15 });
  });
});

describeOnKurrentdb('the same history on SQLite and on KurrentDB', (url) => {
  it('has the same places, gets the same answers, and is the same byte for byte', { timeout: 240_000 }, async () => {
    const agree = async (history: History): Promise<void> => {
      const [file, server] = await Promise.all([onSqlite(history), onKurrentdb(url(), history)]);
      expect(server).toEqual(file);
      expect(file.log.length).toBeGreaterThan(0);
    };
    await fc.assert(fc.asyncProperty(histories(30), agree), { numRuns: 15 });
  });
});
