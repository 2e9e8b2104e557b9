import type { Json, NewEvent } from '../../events/envelope.js';
import { eventTypeNames, isEventTypeName } from '../../events/event-types.js';
import type { HistoricEvent } from '../event-store/port.js';
import {
  countOrNull,
  exactly,
  flag,
  instant,
  instantOrNull,
  positionOrNull,
  refuse,
  text,
  textOrNull,
  type Attributes,
} from './attributes.js';
import { UnreadableEventError } from './unreadable-event-error.js';

/** Of every event of a Peildatum log: which of the logs it was first appended to does not matter to what it says. */
const SOURCE = 'urn:peildatum:log';
const TYPE_PREFIX = 'nl.peildatum.';
const SCHEMA_PREFIX = 'urn:peildatum:event:';

/** Every attribute there is, in the order in which lines are written; from `sequence` on they are extensions of ours. */
const known = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'sequence',
  'revision',
  'recordedatstated',
  'appendedat',
  'actor',
  'correlationid',
  'causationid',
  'idempotencykey',
  'requestdigest',
  'data',
] as const;
type KnownAttribute = (typeof known)[number];

/**
 * The event as one line of NDJSON, without the line's end: CloudEvents 1.0 in JSON, the form in which histories are kept in
 * files. What the event has not is left out.
 */
export function cloudEventOf(event: HistoricEvent): string {
  const attributes: Record<KnownAttribute, Json | undefined> = {
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

/** What goes with a stated time only: a line without one is recorded now, and the log gives it these. */
const ofStatedTime = [
  'sequence',
  'revision',
  'recordedatstated',
  'appendedat',
  'idempotencykey',
  'requestdigest',
] as const satisfies readonly KnownAttribute[];

/** Whether a line leaves its time to the log. False where it cannot be read: whoever reads it on says why. */
export function leavesTimeOpen(line: string): boolean {
  try {
    return attributesOf(line)['time'] == null;
  } catch (error) {
    if (error instanceof UnreadableEventError) return false;
    throw error;
  }
}

/** The event of a history that a line holds. Its data is not judged here. @throws {UnreadableEventError} */
export function parseCloudEvent(line: string): HistoricEvent {
  const attributes = attributesOf(line);
  const content = contentOf(attributes);
  if (attributes['time'] == null) {
    throw new UnreadableEventError(
      `Attribute 'time' is missing. Either every line of a file states its time, or none does.`,
    );
  }
  return {
    ...content,
    recordedAt: instant(attributes, 'time'),
    recordedAtStated: flag(attributes, 'recordedatstated'),
    appendedAt: instantOrNull(attributes, 'appendedat'),
    position: positionOrNull(attributes, 'sequence'),
    revision: countOrNull(attributes, 'revision'),
    idempotencyKey: textOrNull(attributes, 'idempotencykey'),
    requestDigest: textOrNull(attributes, 'requestdigest'),
  };
}

/** The event that a line holds which leaves its time to the log. Its data is not judged here. @throws {UnreadableEventError} */
export function parseUndatedEvent(line: string): NewEvent & { readonly stream: string } {
  const attributes = attributesOf(line);
  const content = contentOf(attributes);
  if (attributes['time'] != null) {
    throw new UnreadableEventError(
      `Attribute 'time' is ${JSON.stringify(attributes['time'])}, but the first line of the file states none. ` +
        `Either every line of a file states its time, or none does.`,
    );
  }
  const stray = ofStatedTime.find((name) => attributes[name] != null);
  if (stray === undefined) return content;
  throw new UnreadableEventError(
    `Attribute '${stray}' goes with a stated 'time'. Without one the event is recorded now, and the log gives it that.`,
  );
}

/** What a line says whatever its time. */
function contentOf(attributes: Attributes): NewEvent & { readonly stream: string } {
  exactly(attributes, 'specversion', '1.0');
  exactly(attributes, 'source', SOURCE);
  exactly(attributes, 'datacontenttype', 'application/json');
  const type = typeOf(attributes);
  return {
    id: text(attributes, 'id'),
    stream: text(attributes, 'subject'),
    type,
    schemaVersion: schemaVersionOf(attributes, type),
    actor: text(attributes, 'actor'),
    correlationId: text(attributes, 'correlationid'),
    causationId: textOrNull(attributes, 'causationid'),
    data: dataOf(attributes),
  };
}

function attributesOf(line: string): Attributes {
  const value = parseJson(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableEventError(
      'Each line must hold one JSON object, an event in the JSON form of CloudEvents 1.0.',
    );
  }
  const unknown = Object.keys(value).find((name) => !(known as readonly string[]).includes(name));
  if (unknown === undefined) return value as Attributes;
  throw new UnreadableEventError(`Unknown attribute '${unknown}'. Accepted are ${known.join(', ')}.`);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreadableEventError(`The line is not JSON (${why}). Each line must hold one event as a JSON object.`);
  }
}

function typeOf(attributes: Attributes): string {
  const value = text(attributes, 'type');
  const type = value.startsWith(TYPE_PREFIX) ? value.slice(TYPE_PREFIX.length) : '';
  if (isEventTypeName(type)) return type;
  throw refuse(attributes, 'type', `'${TYPE_PREFIX}' and one of ${eventTypeNames.join(', ')}`);
}

function schemaVersionOf(attributes: Attributes, type: string): number {
  const prefix = `${SCHEMA_PREFIX}${type}:`;
  const value = text(attributes, 'dataschema');
  const version = value.startsWith(prefix) ? value.slice(prefix.length) : '';
  if (/^[1-9]\d{0,8}$/.test(version)) return Number(version);
  throw refuse(attributes, 'dataschema', `'${prefix}' and the number of the schema's version`);
}

function dataOf(attributes: Attributes): Json {
  const data = attributes['data'];
  if (data === undefined || data === null) throw refuse(attributes, 'data', `what the event's type calls for`);
  // It comes out of JSON.parse.
  return data as Json;
}
