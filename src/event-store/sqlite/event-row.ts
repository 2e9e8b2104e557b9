import type Database from 'better-sqlite3';
import type { Json, StoredEvent } from '../../../events/envelope.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import { BLOCK_LEAF_COUNT } from '../../proofs/merkle/block.js';
import { newTreeWriter } from './tree.js';

/** The columns of an event, named as in the envelope. */
export const eventColumns = `
  id, position, stream, revision, type, schema_version AS schemaVersion, recorded_at AS recordedAt,
  recorded_at_stated AS recordedAtStated, appended_at AS appendedAt, actor, correlation_id AS correlationId,
  causation_id AS causationId, idempotency_key AS idempotencyKey, request_digest AS requestDigest, data`;

export interface EventRow extends Omit<StoredEvent, 'recordedAtStated' | 'data'> {
  readonly recordedAtStated: 0 | 1;
  readonly data: string;
}

export const rowToStoredEvent = (row: EventRow): StoredEvent => ({
  ...row,
  recordedAtStated: row.recordedAtStated === 1,
  // Only append and load write this column, and both write JSON.
  data: JSON.parse(row.data) as Json,
});

/**
 * Inserts an event, and stores the hashes of the subtrees that it completes. Returns false, and writes nothing, when
 * the log holds an event with this id already.
 */
export function newEventInserter(db: Database.Database): (event: StoredEvent, data: string) => boolean {
  const insert = db.prepare(`
    INSERT INTO event (
      position, id, stream, revision, type, schema_version, recorded_at, recorded_at_stated, appended_at, actor,
      correlation_id, causation_id, idempotency_key, request_digest, data, hash
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING`);
  const keepTree = newTreeWriter(db);
  return (event, data) => {
    const { changes } = insert.run(
      event.position,
      event.id,
      event.stream,
      event.revision,
      event.type,
      event.schemaVersion,
      event.recordedAt,
      event.recordedAtStated ? 1 : 0,
      event.appendedAt,
      event.actor,
      event.correlationId,
      event.causationId,
      event.idempotencyKey,
      event.requestDigest,
      data,
      leafHash(event),
    );
    if (changes === 1 && event.position % BLOCK_LEAF_COUNT === 0) keepTree(event.position);
    return changes === 1;
  };
}
