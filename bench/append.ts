/**
 * What the log costs over bare SQLite: appends one by one, appends a hundred at a time, and the load of a history, each
 * against better-sqlite3 writing the same rows (same columns, prepared statement, synchronous FULL) in the same run.
 * "Bare" has the primary key only; "indexed" has the log's own tables with all their indexes.
 *
 * npx tsc && node dist/bench/append.js [events of the history] [rounds]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { NewEvent } from '../events/envelope.js';
import { newEventId } from '../src/event-store/event-id.js';
import type { EventStore, HistoricEvent } from '../src/event-store/port.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { ddl } from '../src/event-store/sqlite/schema.js';

const HISTORY = Number(process.argv[2] ?? 100_000);
const ROUNDS = Number(process.argv[3] ?? 5);
const SINGLES = 2000;
const CONCURRENT = 100;
const GROUPS = 100;

const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
let files = 0;
const newFile = (): string => join(directory, `${(files += 1)}.sqlite`);

const newEvent = (index: number): NewEvent & { stream: string } => ({
  id: newEventId(),
  stream: `region-${(index * 7919) % 1000}`,
  type: 'StatusStated',
  schemaVersion: 1,
  actor: 'bench',
  correlationId: `bench-${Math.floor(index / 50)}`,
  causationId: null,
  data: {
    scale: 'implementation-phase',
    level: `phase-${index % 5}`,
    effectiveOn: `20${10 + (index % 15)}-0${1 + (index % 9)}-15`,
    basis: 'PUBLISHED',
    evidence: [{ title: 'Progress report', locator: `Annex 1, row ${index}`, url: 'https://example.org/report.pdf' }],
    reason: null,
  },
});

const history = (count: number): HistoricEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    ...newEvent(index),
    recordedAt: new Date(Date.UTC(2020, 0, 1) + Math.floor(index / 10) * 1000).toISOString(),
    recordedAtStated: true,
    appendedAt: null,
    idempotencyKey: null,
    requestDigest: null,
    position: null,
    revision: null,
  }));

type Row = (string | number | null | Buffer)[];

/** The rows of a log as they are, in the order of its columns. */
function rowsOf(file: string): Row[] {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare<[], Row>('SELECT * FROM event ORDER BY position').raw().all();
  db.close();
  return rows;
}

function bareDatabase(tables: 'BARE' | 'INDEXED'): { insert: (row: Row) => void; db: Database.Database } {
  const db = new Database(newFile());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const table = /CREATE TABLE event[^;]*;/.exec(ddl)?.[0] ?? '';
  const bare = table.replace(/,\s*UNIQUE \(stream, revision\)/, '').replace(/ UNIQUE| REFERENCES stream \(name\)/g, '');
  db.exec(
    tables === 'BARE'
      ? bare
      : table.replace(/ REFERENCES stream \(name\)/, '') + ddl.match(/CREATE INDEX[^;]*;/g)?.join(''),
  );
  const statement = db.prepare(`INSERT INTO event VALUES (${Array(16).fill('?').join(', ')})`);
  return { db, insert: (row) => void statement.run(...row) };
}

/** Writes the rows, `perCommit` of them in a transaction. */
function insertBare(tables: 'BARE' | 'INDEXED', rows: readonly Row[], perCommit: number): number {
  const { db, insert } = bareDatabase(tables);
  const begun = performance.now();
  for (let index = 0; index < rows.length; index += perCommit) {
    db.exec('BEGIN IMMEDIATE');
    for (const row of rows.slice(index, index + perCommit)) insert(row);
    db.exec('COMMIT');
  }
  const took = performance.now() - begun;
  db.close();
  return took;
}

async function onStore(work: (store: EventStore) => Promise<void>): Promise<{ took: number; rows: Row[] }> {
  const file = newFile();
  const store = openSqliteEventStore({ file });
  const begun = performance.now();
  await work(store);
  const took = performance.now() - begun;
  await store.close();
  return { took, rows: rowsOf(file) };
}

const appends = {
  name: 'append, one by one',
  perCommit: 1,
  async work(store: EventStore) {
    for (let index = 0; index < SINGLES; index += 1) await store.append({ events: [newEvent(index)] });
  },
};

const groupedAppends = {
  name: `append, ${CONCURRENT} at a time`,
  perCommit: CONCURRENT,
  async work(store: EventStore) {
    for (let group = 0; group < GROUPS; group += 1) {
      await Promise.all(
        Array.from({ length: CONCURRENT }, (_, index) =>
          store.append({ events: [newEvent(group * CONCURRENT + index)] }),
        ),
      );
    }
  },
};

const past = history(HISTORY);
const load = {
  name: `load ${HISTORY} events`,
  perCommit: HISTORY,
  async work(store: EventStore) {
    await store.load(past);
  },
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const table: Record<string, Record<string, string>> = {};
for (const { name, perCommit, work } of [appends, groupedAppends, load]) {
  const rates: number[] = [];
  const toBare: number[] = [];
  const toIndexed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { took, rows } = await onStore(work);
    rates.push((rows.length / took) * 1000);
    toBare.push(took / insertBare('BARE', rows, perCommit));
    toIndexed.push(took / insertBare('INDEXED', rows, perCommit));
  }
  table[name] = {
    'events/s': median(rates).toFixed(0),
    'time, bare = 1': `${median(toBare).toFixed(2)} (${Math.min(...toBare).toFixed(2)}–${Math.max(...toBare).toFixed(2)})`,
    'time, indexed = 1': `${median(toIndexed).toFixed(2)} (${Math.min(...toIndexed).toFixed(2)}–${Math.max(...toIndexed).toFixed(2)})`,
  };
}
console.table(table);
rmSync(directory, { recursive: true });
