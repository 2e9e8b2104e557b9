import { setTimeout } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { CompiledQuery, SqliteDriver, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { Dialect } from './dialect.js';

/** How long to wait for who writes to the file at the time, in milliseconds. */
const PATIENCE = 10_000;

/** How long to wait between two tries, in milliseconds: any process that writes lets go of the file now and then. */
const PAUSE = 3;

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';

/**
 * Waits for the lock to write without keeping the process from its other work: SQLite itself would wait in one call, in which
 * nobody is answered.
 */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await setTimeout(PAUSE * (0.5 + Math.random()));
  }
}

const patient = (connection: DatabaseConnection): DatabaseConnection => ({
  executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
    patiently(() => connection.executeQuery<R>(query)),
  streamQuery: <R>(query: CompiledQuery, size: number) => connection.streamQuery<R>(query, size),
});

class PatientDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return patient(await super.acquireConnection());
  }

  /** With the lock to write: a transaction that reads first and writes later may be refused. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class PatientDialect extends Dialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new PatientDriver({ database: this.#database });
  }
}

/** For the connection that writes. */
export function patientDialect(database: Database.Database): Dialect {
  database.pragma('busy_timeout = 0');
  return new PatientDialect(database);
}
