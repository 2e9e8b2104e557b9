/**
 * What the log costs over bare SQLite: appends one by one, appends a hundred at a time, and the load of a history, each
 * against better-sqlite3 writing the same rows (same columns, prepared statement, synchronous FULL) in the same run.
 * "Bare" has the primary key only; "indexed" has the log's own tables with all their indexes.
 *
 * npm run bench:append -- [events of the history] [rounds]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../src/event-store/sqlite/index.js';
import { ddl } from '../src/event-store/sqlite/schema.js';
import { appendWorks, median, spread, type Work } from './append-works.js';

const HISTORY = Number(process.argv[2] ?? 100_000);
const ROUNDS = Number(process.argv[3] ?? 5);
const directory = mkdtempSync(join(tmpdir(), 'peildatum-bench-'));
let files = 0;
const newFile = (): string => join(directory, `${(files += 1)}.sqlite`);

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
      : table.replace(/ REFERENCES stream \(name\)/, '') + ddl.match(/CREATE INDEX \w+ ON event [^;]*;/g)?.join(''),
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

async function onStore(work: Work['work']): Promise<{ took: number; rows: Row[] }> {
  const file = newFile();
  const store = openSqliteEventStore({ file });
  const begun = performance.now();
  await work(store);
  const took = performance.now() - begun;
  await store.close();
  return { took, rows: rowsOf(file) };
}

const works = appendWorks({ singles: 2000, groups: 100, load: HISTORY });

const table: Record<string, Record<string, string>> = {};
for (const { name, perCommit, work } of works) {
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
    'time, bare = 1': spread(toBare),
    'time, indexed = 1': spread(toIndexed),
  };
}
console.table(table);
rmSync(directory, { recursive: true });
