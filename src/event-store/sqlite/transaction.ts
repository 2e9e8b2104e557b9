import { setTimeout as delay } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { isBusy } from './failure.js';

/** How long a write waits for other processes before it fails, in milliseconds: long enough for one of them to load a history. */
const PATIENCE = 120_000;

/**
 * The writing connection's transaction. It takes the lock at once, so that what is read in it is what is written upon, and
 * while another process has the lock it waits without holding up this one.
 */
export interface WriteTransaction {
  begin(): Promise<void>;
  commit(): void;
  /** Does nothing when there is none: SQLite ends a transaction itself when the disk fails. */
  rollback(): void;
}

export function writeTransaction(db: Database.Database): WriteTransaction {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return {
    async begin() {
      const deadline = performance.now() + PATIENCE;
      for (;;) {
        try {
          begin.run();
          return;
        } catch (error) {
          if (!isBusy(error) || performance.now() > deadline) throw error;
        }
        await delay(5 + Math.random() * 20);
      }
    },
    commit: () => {
      commit.run();
    },
    rollback: () => {
      if (db.inTransaction) db.exec('ROLLBACK');
    },
  };
}
