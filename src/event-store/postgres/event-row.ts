import type { Json, StoredEvent } from '../../../events/envelope.js';

/** The columns of an event, named as in the envelope. */
export const eventColumns = `
  id, position, stream, revision, type, schema_version AS "schemaVersion", recorded_at AS "recordedAt",
  recorded_at_stated AS "recordedAtStated", appended_at AS "appendedAt", actor, correlation_id AS "correlationId",
  causation_id AS "causationId", idempotency_key AS "idempotencyKey", request_digest AS "requestDigest", data`;

export interface EventRow extends Omit<StoredEvent, 'data'> {
  readonly data: string;
}

// Only append and load write the data, and both write JSON.
export const rowToStoredEvent = (row: EventRow): StoredEvent => ({ ...row, data: JSON.parse(row.data) as Json });
