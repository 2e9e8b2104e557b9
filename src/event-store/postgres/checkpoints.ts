import type { Pool } from 'pg';
import { checkedQuery, checkWithin } from '../checkpoint-validation.js';
import type { Checkpoint, CheckpointQuery, KeptCheckpoint } from '../port.js';
import { ask, type Asked } from '../../postgres/query.js';
import { begin, SHORT_PAUSE } from './transaction.js';

const keep = {
  name: 'keep checkpoint',
  text: `
    INSERT INTO checkpoint (number, size, note)
    SELECT (SELECT coalesce(max(number), 0) + 1 FROM checkpoint), $1::bigint, $2::text
    WHERE NOT EXISTS (SELECT FROM checkpoint WHERE size = $1::bigint AND note = $2::text)`,
};

const page = (order: 'ASC' | 'DESC') => ({
  name: `checkpoints ${order}`,
  text: `SELECT number, size, note FROM checkpoint WHERE size >= $1 AND number > $2 ORDER BY number ${order} LIMIT $3`,
});

/** Keeps a checkpoint after those that are kept already, in a transaction that has the log locked. @throws {RangeError} */
export async function keepCheckpoint(writer: Pool, checkpoint: Checkpoint): Promise<void> {
  const client = await writer.connect();
  let unharmed = false;
  try {
    const { position } = await begin(client, SHORT_PAUSE);
    checkWithin(checkpoint, position);
    await ask(client, keep, [checkpoint.size, checkpoint.note]);
    await client.query('COMMIT');
    unharmed = true;
  } finally {
    // A connection that something went wrong with is closed, and its transaction with it.
    client.release(!unharmed);
  }
}

export async function checkpoints(readers: Asked, query?: CheckpointQuery): Promise<readonly KeptCheckpoint[]> {
  const { from, after, limit, last } = checkedQuery(query);
  const found = await ask<KeptCheckpoint>(readers, page(last ? 'DESC' : 'ASC'), [from, after, limit]);
  return last ? found.toReversed() : found;
}
