import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeDirectory } from '../../files/make-directory.js';
import { StoreUnusableError } from '../errors.js';
import { withStoreErrors, isBusy } from './store-error.js';
import { APPLICATION_ID, ddl, ddlBetween, objectsOf, SCHEMA_VERSION, TREE_SINCE } from './schema.js';
import { hasAllEventsOfTree, newTreeWriter } from './tree.js';

type Connection = Database.Database;

/**
 * Two connections to one log. The reader sees what is committed and nothing else, also while a long load holds the writer's
 * transaction open.
 */
export interface LogFile {
  readonly writer: Connection;
  readonly reader: Connection;
}

/** How long a connection waits for another process's lock before it says so, in milliseconds. Both wait synchronously. */
const READER_BUSY_TIMEOUT_MS = 5000;
const WRITER_BUSY_TIMEOUT_MS = 20;

const number = (db: Connection, pragma: string): number => Number(db.pragma(pragma, { simple: true }));

/**
 * Looks at the first bytes of a file before SQLite touches it: opening a database of another program, and closing it again,
 * could fold that program's write-ahead log into it.
 */
function refuseForeign(file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) return;
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  readSync(handle, header, 0, header.length, 0);
  closeSync(handle);
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new StoreUnusableError(
      'CORRUPT',
      `'${file}' is damaged or is no SQLite database; it was left as it is. ` +
        `Restore a backup, or choose another file for the log (EVENT_STORE_URL, DATA_DIR).`,
    );
  }
  // The file format: https://www.sqlite.org/fileformat.html#the_database_header
  if (header.readUInt32BE(68) === APPLICATION_ID) return;
  throw new StoreUnusableError(
    'FOREIGN',
    `'${file}' is a database, but not a Peildatum log; it was left as it is. ` +
      `Choose another file for the log (EVENT_STORE_URL, DATA_DIR).`,
  );
}

/** Creates the tables in an empty file, in one transaction: a file has all of them and the two numbers, or is empty. */
function createIfEmpty(db: Connection): void {
  const isEmpty = (): boolean => number(db, 'schema_version') === 0;
  if (!isEmpty()) return;
  // Exclusive, so that of several processes one creates and the others then find it done.
  db.exec('BEGIN EXCLUSIVE');
  try {
    if (isEmpty()) {
      db.exec(`${ddl}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
    }
    db.exec('COMMIT');
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** The first release that wrote a file has written version 1. */
const versionOf = (db: Connection): number => Math.max(1, number(db, 'user_version'));

function checkVersion(db: Connection, file: string): void {
  const version = versionOf(db);
  if (version <= SCHEMA_VERSION) return;
  throw new StoreUnusableError(
    'TOO_NEW',
    `'${file}' was written by a newer release: its tables have version ${version}, this release knows ${SCHEMA_VERSION}. ` +
      `Nothing was changed; start that release or a later one.`,
  );
}

/** How long to wait for who writes before the tables are brought up to date, in milliseconds: it may be a load. */
const MIGRATION_BUSY_TIMEOUT_MS = 120_000;

/**
 * Brings tables of an earlier release up to date, with the tree over all events that are there: all of it or nothing. Of
 * several processes one does it, and the others then find it done.
 */
function migrate(db: Connection): void {
  if (versionOf(db) === SCHEMA_VERSION) return;
  db.pragma(`busy_timeout = ${MIGRATION_BUSY_TIMEOUT_MS}`);
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(`${ddlBetween(versionOf(db), SCHEMA_VERSION)}; PRAGMA user_version = ${SCHEMA_VERSION};`);
    newTreeWriter(db)(Number(db.prepare('SELECT ifnull(max(position), 0) FROM event').pluck().get()));
    db.exec('COMMIT');
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.pragma(`busy_timeout = ${READER_BUSY_TIMEOUT_MS}`);
  }
}

/** Cheap signs of damage. Not a proof of health: that takes reading all of the log, and the hashes are there for it. */
function checkHealth(db: Connection, file: string): void {
  const present = new Set(db.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all());
  const missing = objectsOf(versionOf(db)).filter((name) => !present.has(name));
  // Pages that are still in the write-ahead log alone may be beyond the end of the file; otherwise none may.
  const written = existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
  const size = number(db, 'page_count') * number(db, 'page_size');
  if (missing.length > 0 || (!written && statSync(file).size < size)) {
    const damage = missing.length > 0 ? `lacks ${missing.join(', ')}` : `was cut off before its end`;
    throw new StoreUnusableError('CORRUPT', `'${file}' is damaged: it ${damage}. Restore a backup.`);
  }
  db.prepare('SELECT * FROM event ORDER BY position DESC LIMIT 1').get();
  if (versionOf(db) >= TREE_SINCE && !hasAllEventsOfTree(db)) {
    throw new StoreUnusableError('CORRUPT', `'${file}' is damaged: its last events are gone. Restore a backup.`);
  }
}

/** Readers and the writer do not wait for each other, and a commit is on the disk before it is reported. */
function configure(db: Connection, file: string): void {
  db.pragma('busy_timeout = ' + READER_BUSY_TIMEOUT_MS);
  if (
    db.pragma('journal_mode', { simple: true }) !== 'wal' &&
    db.pragma('journal_mode = WAL', { simple: true }) !== 'wal'
  ) {
    throw new StoreUnusableError(
      'UNSUPPORTED',
      `'${file}' is on a file system that cannot share memory between processes (as network file systems do). ` +
        `Keep the log on a local disk.`,
    );
  }
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What one large load leaves behind of the write-ahead log is cut back to this many bytes.
  db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
}

/** SQLite opens a file that may only be read without a word; the first append would be the first to notice. */
function checkWritable(db: Connection): void {
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

/** Opens the log in that file, or creates it. @throws {StoreUnusableError} */
export function openLogFile(file: string): LogFile {
  return withStoreErrors(file, () => {
    makeDirectory(dirname(file));
    refuseForeign(file);
    const writer = new Database(file, { timeout: READER_BUSY_TIMEOUT_MS });
    try {
      checkVersion(writer, file);
      createIfEmpty(writer);
      configure(writer, file);
      checkHealth(writer, file);
      migrate(writer);
      writer.pragma(`busy_timeout = ${WRITER_BUSY_TIMEOUT_MS}`);
      checkWritable(writer);
      const reader = new Database(file, { timeout: READER_BUSY_TIMEOUT_MS });
      reader.pragma('query_only = ON');
      return { writer, reader };
    } catch (error) {
      writer.close();
      throw error;
    }
  });
}
