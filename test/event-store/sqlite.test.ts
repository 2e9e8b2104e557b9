import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StoreUnusableError } from '../../src/event-store/errors.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { openLogFile } from '../../src/event-store/sqlite/log-file.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import { append, event, events, everything, history } from '../contract/event-store/support.js';
import { testDirectory } from '../support/directory.js';

const directory = testDirectory();
let files = 0;
const newFile = (): string => join(directory, `${(files += 1)}.sqlite`);

/** A log of some events, closed. */
async function closedLog(count = 5): Promise<string> {
  const file = newFile();
  const store = openSqliteEventStore({ file });
  for (const each of events(count, 'a'))
    await append(store, [each], { request: { idempotencyKey: each.id, digest: 'd' } });
  await store.close();
  return file;
}

/** Runs SQL as any other program could. */
function raw<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function expectUnusable(file: string, code: StoreUnusableError['code']): void {
  const open = () => openSqliteEventStore({ file });
  expect(open).toThrow(StoreUnusableError);
  expect(open).toThrow(expect.objectContaining({ code }));
  // The message is for people: it names the file and tells what to do.
  expect(open).toThrow(file);
  expect(open).toThrow(/[Cc]hoose another file|Restore a backup|start that release/);
}

describe('an SQLite log', () => {
  it('refuses to change or remove events and requests, whoever asks', async () => {
    const file = await closedLog();
    const before = raw(file, (db) => db.prepare('SELECT * FROM event, request').all());
    expect(before).toHaveLength(25);
    for (const sql of [
      `UPDATE event SET actor = 'somebody'`,
      `UPDATE event SET data = data WHERE position = 1`,
      `DELETE FROM event WHERE position = 5`,
      `DELETE FROM event`,
      `UPDATE request SET digest = 'other'`,
      `DELETE FROM request`,
    ]) {
      expect(() => raw(file, (db) => db.exec(sql))).toThrow(/is never (changed|removed)/);
    }
    expect(raw(file, (db) => db.prepare('SELECT * FROM event, request').all())).toEqual(before);
  });

  it('reports nothing before it is on the disk: write-ahead log, synchronous FULL, foreign keys', () => {
    const { writer, reader } = openLogFile(newFile());
    expect(writer.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(writer.pragma('synchronous', { simple: true })).toBe(2);
    expect(writer.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(reader.pragma('query_only', { simple: true })).toBe(1);
    reader.close();
    writer.close();
  });

  it('keeps the leaf hash of each event as it is stored', async () => {
    const file = newFile();
    const store = openSqliteEventStore({ file });
    await store.load(history(3));
    await append(store, [event('a', { text: 'é "\u2028" 👩‍👩‍👧‍👦' })], { request: { idempotencyKey: 'k', digest: 'd' } });
    const log = await everything(store);
    await store.close();
    const hashes = raw(file, (db) => db.prepare('SELECT hash FROM event ORDER BY position').pluck().all());
    expect(hashes).toEqual(log.map(leafHash));
    expect(hashes).toHaveLength(4);
  });

  it('is one file when it is closed, and may be created in a directory that does not exist yet', async () => {
    const file = join(directory, 'new', 'directory', 'log.sqlite');
    const store = openSqliteEventStore({ file });
    await append(store, [event('a')]);
    await store.close();
    expect(readdirSync(join(directory, 'new', 'directory'))).toEqual(['log.sqlite']);
  });

  it('may begin in a file that is there but empty', async () => {
    const file = newFile();
    writeFileSync(file, '');
    const store = openSqliteEventStore({ file });
    await append(store, [event('a')]);
    expect(await everything(store)).toHaveLength(1);
    await store.close();
  });

  it('waits for another process that writes, without holding up its own', async () => {
    const file = await closedLog(1);
    const store = openSqliteEventStore({ file });
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    let appended = false;
    const pending = append(store, [event('a')]).finally(() => (appended = true));
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await store.head()).position).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(appended).toBe(false);
    other.exec('COMMIT');
    other.close();
    await pending;
    expect((await store.head()).position).toBe(2);
    await store.close();
  });
});

describe('a file that is no usable log', () => {
  it('is left as it is when it is a database of another program', () => {
    for (const applicationId of [0, 0x0f055112]) {
      const file = newFile();
      raw(file, (db) =>
        db.exec(`PRAGMA application_id = ${applicationId}; CREATE TABLE event (position); PRAGMA user_version = 1;`),
      );
      const before = readFileSync(file);
      expectUnusable(file, 'FOREIGN');
      expect(readFileSync(file)).toEqual(before);
      expect(existsSync(`${file}-wal`) || existsSync(`${file}-journal`)).toBe(false);
    }
  });

  it('is left as it is when its last changes are in a write-ahead log of another program', () => {
    const file = newFile();
    const other = new Database(file);
    other.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a); PRAGMA wal_checkpoint; INSERT INTO t VALUES (1)');
    const both = () => [readFileSync(file), readFileSync(`${file}-wal`)];
    const before = both();
    expectUnusable(file, 'FOREIGN');
    expect(both()).toEqual(before);
    other.close();
  });

  it('is left as it is when a newer release wrote it', async () => {
    const file = await closedLog();
    raw(file, (db) => db.pragma('user_version = 3'));
    const before = readFileSync(file);
    expectUnusable(file, 'TOO_NEW');
    expect(readFileSync(file)).toEqual(before);
  });

  it('is damaged: no database at all', () => {
    for (const content of ['hello', 'x'.repeat(10_000), 'SQLite format 3\0']) {
      const file = newFile();
      writeFileSync(file, content);
      expect(() => openSqliteEventStore({ file })).toThrow(StoreUnusableError);
      if (!content.startsWith('SQLite')) expectUnusable(file, 'CORRUPT');
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
  });

  it('is damaged: cut off', async () => {
    const file = await closedLog(50);
    truncateSync(file, 3 * 4096);
    expectUnusable(file, 'CORRUPT');
  });

  it('is damaged: without one of its tables, indexes or triggers', async () => {
    for (const drop of ['TABLE request', 'INDEX event_by_type', 'TRIGGER event_is_never_changed']) {
      const file = await closedLog();
      raw(file, (db) => db.exec(`DROP ${drop}`));
      expectUnusable(file, 'CORRUPT');
    }
  });

  it('is damaged in its middle: the first question that meets the damage says so', async () => {
    const file = await closedLog(200);
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    const reads = (async () => {
      const store = openSqliteEventStore({ file });
      try {
        await everything(store);
      } finally {
        await store.close();
      }
    })();
    await expect(reads).rejects.toThrow(expect.objectContaining({ name: 'StoreUnusableError', code: 'CORRUPT' }));
  });

  it('cannot be created: below a file, or in the place of a directory', () => {
    const below = newFile();
    writeFileSync(below, 'a file');
    expectUnusable(join(below, 'log.sqlite'), 'NOT_WRITABLE');
    expectUnusable(join(below, 'further', 'down', 'log.sqlite'), 'NOT_WRITABLE');
    const taken = newFile();
    mkdirSync(taken);
    expectUnusable(taken, 'NOT_WRITABLE');
    expect(readFileSync(below, 'utf8')).toBe('a file');
  });
});
