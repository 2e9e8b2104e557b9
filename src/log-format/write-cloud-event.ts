import type { Json } from '../../events/envelope.js';
import type { HistoricEvent } from '../event-store/port.js';
import { SCHEMA_PREFIX, SOURCE, TYPE_PREFIX, type AttributeName } from './attribute-names.js';

/**
 * Writes an event as one line of NDJSON, without the line's end: the JSON form of CloudEvents 1.0. Attributes that the event
 * does not have are left out. read-cloud-event.ts reads the line back.
 */
export function writeCloudEvent(event: HistoricEvent): string {
  const attributes: Record<AttributeName, Json | undefined> = {
    specversion: '1.0',
    id: event.id,
    source: SOURCE,
    type: TYPE_PREFIX + event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    dataschema: `${SCHEMA_PREFIX}${event.type}:${event.schemaVersion}`,
    sequence: event.position === null ? undefined : String(event.position),
    revision: event.revision ?? undefined,
    recordedatstated: event.recordedAtStated,
    appendedat: event.appendedAt ?? undefined,
    actor: event.actor,
    correlationid: event.correlationId,
    causationid: event.causationId ?? undefined,
    idempotencykey: event.idempotencyKey ?? undefined,
    requestdigest: event.requestDigest ?? undefined,
    data: event.data,
  };
  return JSON.stringify(attributes);
}
