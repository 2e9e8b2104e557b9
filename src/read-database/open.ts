import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type LogEvent } from 'kysely';
import { makeDirectory } from '../make-directory.js';
import { ReadDatabaseUnusable } from './errors.js';
import { createVersion, currentLayout, liveVersion, type Registry, type RegistryDatabase } from './versions.js';

/** 'PRmd' as a number: tells our file from any other SQLite database. */
const APPLICATION_ID = 0x50526d64;

/**
 * The read models' database. Writing and reading have a connection each: a question never waits for the projector, and sees
 * what was committed.
 */
export interface ReadDatabaseHandle {
  readonly reading: RegistryDatabase;
  readonly writing: RegistryDatabase;
  close(): Promise<void>;
}

export interface ReadDatabaseOptions {
  readonly file: string;
  /** Called for each SQL statement of the reading connection: lets tests count them. */
  readonly onQuery?: (sql: string) => void;
}

/** @throws {ReadDatabaseUnusable} when the file is not ours, is damaged, or cannot be written. */
export async function openReadDatabase({ file, onQuery }: ReadDatabaseOptions): Promise<ReadDatabaseHandle> {
  const writing = connect(file);
  const reading = connect(file);
  reading.pragma('query_only = ON');
  const log = onQuery ? (event: LogEvent) => onQuery(event.query.sql) : [];
  const handle = {
    writing: new Kysely<Registry>({ dialect: new SqliteDialect({ database: writing }) }),
    reading: new Kysely<Registry>({ dialect: new SqliteDialect({ database: reading }), log }),
  };
  await prepare(handle.writing);
  return {
    ...handle,
    async close() {
      await handle.reading.destroy();
      await handle.writing.destroy();
    },
  };
}

function connect(file: string): Database.Database {
  try {
    makeDirectory(dirname(file));
    const database = new Database(file, { timeout: 10_000 });
    const id = database.pragma('application_id', { simple: true });
    const empty = database.prepare('select count(*) = 0 from sqlite_master').pluck().get() === 1;
    if (id !== APPLICATION_ID && !(id === 0 && empty)) {
      database.close();
      throw new ReadDatabaseUnusable('FOREIGN', file, 'it is another database, not one of read models');
    }
    database.pragma('journal_mode = WAL');
    // Read models can be rebuilt from the log, so a lost last transaction costs nothing: it is projected again.
    database.pragma('synchronous = NORMAL');
    database.pragma(`application_id = ${APPLICATION_ID}`);
    return database;
  } catch (error) {
    if (error instanceof ReadDatabaseUnusable) throw error;
    if (error instanceof Database.SqliteError) {
      const damaged = error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB';
      throw damaged
        ? new ReadDatabaseUnusable('CORRUPT', file, 'it is damaged, or no SQLite database')
        : new ReadDatabaseUnusable('NOT_WRITABLE', file, 'it cannot be opened for writing');
    }
    if (error instanceof Error && 'code' in error) {
      throw new ReadDatabaseUnusable('NOT_WRITABLE', file, 'its folder cannot be made or written');
    }
    throw error;
  }
}

/** An empty file gets its registry and a first, live version. */
async function prepare(db: RegistryDatabase): Promise<void> {
  await db.schema
    .createTable('read_model_version')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('layout', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('failed_position', 'integer')
    .addColumn('failure', 'text')
    .execute();
  await db.transaction().execute(async (transaction) => {
    const versions = await transaction.selectFrom('read_model_version').selectAll().execute();
    if (versions.length === 0) await createVersion(transaction, 1, 'LIVE');
  });
}

/** Whether the live version was built by today's tables and folds. If not, it must be rebuilt before it can answer. */
export const isCurrent = async (handle: ReadDatabaseHandle): Promise<boolean> =>
  (await liveVersion(handle.reading))?.layout === currentLayout;
