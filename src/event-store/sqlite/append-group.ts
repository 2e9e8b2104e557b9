import type Database from 'better-sqlite3';
import type { PreparedAppend } from '../prepared-append.js';
import { newAppender } from './append.js';
import type { WriteTransaction } from './transaction.js';
import type { QueuedAppend } from '../append-queue.js';

/**
 * Appends a group in one transaction. Each is judged by itself, in the order in which they were asked for, and hears the
 * outcome only when the commit is on the disk.
 */
export function newGroupAppender(
  db: Database.Database,
  transaction: WriteTransaction,
  clock: () => Date,
  onCommit: () => void,
): (group: readonly QueuedAppend<PreparedAppend>[]) => Promise<void> {
  const append = newAppender(db, clock);

  /** The outcome of one append, to be told after the commit. */
  function attempt({ input, resolve, reject }: QueuedAppend<PreparedAppend>): () => void {
    try {
      const result = append(input);
      return () => resolve(result);
    } catch (error) {
      // Without a transaction there is nothing left that the others in the group could be onCommit in.
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
