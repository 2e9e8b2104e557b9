import type { Pool } from 'pg';
import { normaliseCheckpointQuery, checkCheckpointSize } from '../checkpoint-validation.js';
import type { Checkpoint, CheckpointQuery, KeptCheckpoint } from '../port.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { begin, APPEND_IDLE_TIMEOUT_MS } from './transaction.js';

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

/** Stores a checkpoint after the stored ones, in a transaction that has the log locked. @throws {RangeError} */
export async function keepCheckpoint(writer: Pool, checkpoint: Checkpoint): Promise<void> {
  const client = await writer.connect();
  let isHealthy = false;
  try {
    const { position } = await begin(client, APPEND_IDLE_TIMEOUT_MS);
    checkCheckpointSize(checkpoint, position);
    await runQuery(client, keep, [checkpoint.size, checkpoint.note]);
    await client.query('COMMIT');
    isHealthy = true;
  } finally {
    // A connection with a failure is closed, and its transaction with it.
    client.release(!isHealthy);
  }
}

export async function checkpoints(readers: Queryable, query?: CheckpointQuery): Promise<readonly KeptCheckpoint[]> {
  const { from, after, limit, last } = normaliseCheckpointQuery(query);
  const found = await runQuery<KeptCheckpoint>(readers, page(last ? 'DESC' : 'ASC'), [from, after, limit]);
  return last ? found.toReversed() : found;
}
