import type Database from 'better-sqlite3';
import type { PreparedAppend } from '../prepared-append.js';
import { newAppender } from './append.js';
import type { WriteTransaction } from './transaction.js';
import type { QueuedAppend } from '../append-queue.js';

/**
 * Appends a group in one transaction. Appends are decided in the order of the queue, each with its own outcome, which
 * is reported once the commit is on the disk.
 */
export function newGroupAppender(
  db: Database.Database,
  transaction: WriteTransaction,
  clock: () => Date,
  onCommit: () => void,
): (group: readonly QueuedAppend<PreparedAppend>[]) => Promise<void> {
  const append = newAppender(db, clock);

  /** Decides one append. Returns a function that reports its outcome, to be called after the commit. */
  function attempt({ input, resolve, reject }: QueuedAppend<PreparedAppend>): () => void {
    try {
      const result = append(input);
      return () => resolve(result);
    } catch (error) {
      // SQLite has ended the transaction, so the others in the group cannot be committed either.
      if (!db.inTransaction) throw error;
      return () => reject(error);
    }
  }

  return async (group) => {
    try {
      await transaction.begin();
      const outcomes = group.map(attempt);
      transaction.commit();
      for (const tell of outcomes) tell();
      onCommit();
    } catch (error) {
      transaction.rollback();
      for (const { reject } of group) reject(error);
    }
  };
}
