import type { Json, NewEvent, StoredEvent } from '../../events/envelope.js';
import type { Append, HistoricEvent } from './port.js';
import type { AppendTimes } from './recorded-time.js';

/** The position, revision and times that an append gives to an event. */
export interface Place extends AppendTimes {
  readonly position: number;
  readonly revision: number;
}

/**
 * The stored form of an appended event.
 * @param data the event's data as text, as it was when the append was asked for
 */
export const toStoredEvent = (
  event: NewEvent & { readonly stream: string },
  data: string,
  request: Append['request'],
  place: Place,
): StoredEvent => ({
  id: event.id,
  position: place.position,
  stream: event.stream,
  revision: place.revision,
  type: event.type,
  schemaVersion: event.schemaVersion,
  recordedAt: place.recordedAt,
  recordedAtStated: false,
  appendedAt: place.appendedAt,
  actor: event.actor,
  correlationId: event.correlationId,
  causationId: event.causationId,
  idempotencyKey: request?.idempotencyKey ?? null,
  requestDigest: request?.digest ?? null,
  data: JSON.parse(data) as Json,
});

/** The stored form of an event of a history at that position. */
export function historicToStoredEvent(
  event: HistoricEvent,
  place: { readonly position: number; readonly revision: number; readonly appendedAt: string },
): StoredEvent {
  return {
    id: event.id,
    position: place.position,
    stream: event.stream,
    revision: place.revision,
    type: event.type,
    schemaVersion: event.schemaVersion,
    recordedAt: event.recordedAt,
    recordedAtStated: event.recordedAtStated,
    appendedAt: event.appendedAt ?? place.appendedAt,
    actor: event.actor,
    correlationId: event.correlationId,
    causationId: event.causationId,
    idempotencyKey: event.idempotencyKey,
    requestDigest: event.requestDigest,
    data: event.data,
  };
}
