import type Database from 'better-sqlite3';
import { withRetry } from '../../concurrency/retry.js';
import { isBusy } from './store-error.js';

/** How long a write waits for other processes before it fails: long enough for one of them to load a history. */
const LOCK_TIMEOUT_MS = 120_000;

/** Short, because a process that writes many appends lets go of the lock only for a moment. */
const RETRY_DELAY_MS = 25;

/**
 * The transaction of the writing connection. It takes the lock when it begins, so that what it reads stays true until
 * it commits. It waits for another process's lock without blocking this process.
 */
export interface WriteTransaction {
  begin(): Promise<void>;
  commit(): void;
  /** Does nothing without a transaction: SQLite ends one itself when the disk fails. */
  rollback(): void;
}

export function newWriteTransaction(db: Database.Database): WriteTransaction {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return {
    begin: () =>
      withRetry(async () => void begin.run(), {
        timeoutMs: LOCK_TIMEOUT_MS,
        isRetryable: isBusy,
        minDelayMs: RETRY_DELAY_MS,
        maxDelayMs: RETRY_DELAY_MS,
      }),
    commit: () => {
      commit.run();
    },
    rollback: () => {
      if (db.inTransaction) db.exec('ROLLBACK');
    },
  };
}
