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
 * Two connections to one log. The reader sees committed events only, also while a long load keeps the writer's
 * transaction open.
 */
export interface LogFile {
  readonly writer: Connection;
  readonly reader: Connection;
}

/** How long a connection waits for a lock of another process. SQLite waits synchronously, which blocks this process. */
const READER_BUSY_TIMEOUT_MS = 5000;
const WRITER_BUSY_TIMEOUT_MS = 20;

const number = (db: Connection, pragma: string): number => Number(db.pragma(pragma, { simple: true }));

/**
 * Reads the first bytes of a file before SQLite opens it: opening and closing a database of another program could
 * change it, by folding its write-ahead log into it.
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

/**
 * Creates the tables in an empty file, in one transaction: a file has all tables and both numbers of its header, or
 * is empty.
 */
function createIfEmpty(db: Connection): void {
  const isEmpty = (): boolean => number(db, 'schema_version') === 0;
  if (!isEmpty()) return;
  // Exclusive, so that one of several processes creates the tables and the others find them.
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

/** Files of the first release have version 1, which their header does not say. */
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

/** How long a migration waits for a writer, which may be loading a history. */
const MIGRATION_BUSY_TIMEOUT_MS = 120_000;

/**
 * Migrates the tables of an earlier release, and builds the tree over its events: all of it or nothing. One of
 * several processes does it, and the others find it done.
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

/** Looks for cheap signs of damage. Only reading the whole log and its hashes proves that it is sound. */
function checkHealth(db: Connection, file: string): void {
  const present = new Set(db.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all());
  const missing = objectsOf(versionOf(db)).filter((name) => !present.has(name));
  // Pages may lie beyond the end of the file only while they are in the write-ahead log.
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

/** Lets readers and the writer run side by side, and reports a commit only once it is on the disk. */
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
  // After a large load the write-ahead log is cut back to this many bytes.
  db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
}

/** SQLite opens a read-only file without an error, so that the first append would be the first to fail. */
function checkWritable(db: Connection): void {
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
}

/** Opens the log in that file. Creates it where there is none. @throws {StoreUnusableError} */
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
