import type Database from 'better-sqlite3';
import { normaliseCheckpointQuery, checkCheckpointSize } from '../checkpoint-validation.js';
import type { Checkpoint, EventStore, KeptCheckpoint } from '../port.js';
import type { WriteTransaction } from './transaction.js';

/** Stores a checkpoint after the stored ones, in a transaction of its own. @throws {RangeError} */
export function newCheckpointWriter(
  db: Database.Database,
  transaction: WriteTransaction,
): (checkpoint: Checkpoint) => Promise<void> {
  const head = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const insert = db.prepare<{ size: number; note: string }>(`
    INSERT INTO checkpoint (number, size, note)
    SELECT (SELECT ifnull(max(number), 0) + 1 FROM checkpoint), :size, :note
    WHERE NOT EXISTS (SELECT 1 FROM checkpoint WHERE size = :size AND note = :note)`);
  return async ({ size, note }) => {
    await transaction.begin();
    try {
      checkCheckpointSize({ size, note }, head.get() ?? 0);
      insert.run({ size, note });
      transaction.commit();
    } finally {
      transaction.rollback();
    }
  };
}

export function newCheckpointReader(db: Database.Database): EventStore['checkpoints'] {
  const page = (order: 'ASC' | 'DESC') =>
    db.prepare<[number, number, number], KeptCheckpoint>(
      `SELECT number, size, note FROM checkpoint WHERE size >= ? AND number > ? ORDER BY number ${order} LIMIT ?`,
    );
  const [first, last] = [page('ASC'), page('DESC')];
  return async (query) => {
    const { from, after, limit, last: fromEnd } = normaliseCheckpointQuery(query);
    return fromEnd ? last.all(from, after, limit).toReversed() : first.all(from, after, limit);
  };
}
