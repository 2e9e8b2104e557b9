import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, type LogConfig } from 'kysely';
import { makeDirectory } from '../../../files/make-directory.js';
import { ReadDatabaseUnusableError } from '../errors.js';
import { dialectOver } from './dialect.js';
import type { Registry, RegistryConnections } from '../versions.js';
import { retryingDialect } from './retrying-dialect.js';

const remedies = {
  FOREIGN: 'Name another file in READ_DATABASE_URL.',
  CORRUPT: 'Move it away: the read models are rebuilt from the log at the next start.',
  NOT_WRITABLE: 'Check DATA_DIR and READ_DATABASE_URL, and the rights on the folder.',
};

const unusable = (code: keyof typeof remedies, file: string, reason: string): ReadDatabaseUnusableError =>
  new ReadDatabaseUnusableError(code, `The read database '${file}' cannot be used: ${reason}. ${remedies[code]}`);

/** 'PRmd' as a number: tells our file from any other SQLite database. */
const APPLICATION_ID = 0x50526d64;

/** @throws {ReadDatabaseUnusableError} when the file is not ours, is damaged, or cannot be written. */
export function connectToFile(file: string, log: LogConfig): RegistryConnections {
  const writing = openFile(file);
  const reading = openFile(file);
  reading.pragma('query_only = ON');
  const db = new Kysely<Registry>({ dialect: retryingDialect(writing) });
  return {
    writing: db,
    retryOpening: (work) => work(),
    // Kysely closes a connection only where it was asked something. Who closes the file last removes its write-ahead log.
    close: async () => void [reading, writing].map((connection) => connection.close()),
    runExclusive: (work) => db.transaction().execute(work),
    // A file that cannot be written could not have been opened.
    checkWritable: async () => {},
    reading: new Kysely<Registry>({ dialect: dialectOver(reading), log }),
  };
}

function openFile(file: string): Database.Database {
  try {
    makeDirectory(dirname(file));
    const database = new Database(file, { timeout: 10_000 });
    const id = database.pragma('application_id', { simple: true });
    const empty = database.prepare('select count(*) = 0 from sqlite_master').pluck().get() === 1;
    if (id !== APPLICATION_ID && !(id === 0 && empty)) {
      database.close();
      throw unusable('FOREIGN', file, 'it is another database, not one of read models');
    }
    database.pragma('journal_mode = WAL');
    // Read models can be rebuilt from the log, so a lost last transaction costs nothing: it is projected again.
    database.pragma('synchronous = NORMAL');
    // What a rebuild leaves behind of the write-ahead log is cut back to this many bytes.
    database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    return database;
  } catch (error) {
    if (error instanceof ReadDatabaseUnusableError) throw error;
    if (error instanceof Database.SqliteError) {
      const damaged = error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB';
      throw damaged
        ? unusable('CORRUPT', file, 'it is damaged, or no SQLite database')
        : unusable('NOT_WRITABLE', file, 'it cannot be opened for writing');
    }
    if (error instanceof Error && 'code' in error) {
      throw unusable('NOT_WRITABLE', file, 'its folder cannot be made or written');
    }
    throw error;
  }
}
