import type Database from 'better-sqlite3';
import { CompiledQuery, SqliteDriver, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import { withRetry, type RetryOptions } from '../../../concurrency/retry.js';
import { Dialect } from './dialect.js';

/** How long to wait for a process that writes to the file. */
const LOCK_TIMEOUT_MS = 10_000;

/** Short, because any process that writes lets go of the file now and then. */
const RETRY_DELAY_MS = 4;

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';

/** SQLite itself would wait for the lock in one call, and nothing else in the process would run meanwhile. */
const whileLocked: RetryOptions = {
  timeoutMs: LOCK_TIMEOUT_MS,
  isRetryable: isBusy,
  minDelayMs: RETRY_DELAY_MS,
  maxDelayMs: RETRY_DELAY_MS,
};

const retrying = (connection: DatabaseConnection): DatabaseConnection => ({
  executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
    withRetry(() => connection.executeQuery<R>(query), whileLocked),
  streamQuery: <R>(query: CompiledQuery, size: number) => connection.streamQuery<R>(query, size),
});

class RetryingDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    return retrying(await super.acquireConnection());
  }

  /** With the lock to write: a transaction that reads first and writes later may be refused. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class RetryingDialect extends Dialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new RetryingDriver({ database: this.#database });
  }
}

/** For the connection that writes. */
export function retryingDialect(database: Database.Database): Dialect {
  database.pragma('busy_timeout = 0');
  return new RetryingDialect(database);
}
