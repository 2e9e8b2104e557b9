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
} from './attribute-readers.js';
import { attributeNames, recordingAttributeNames, SCHEMA_PREFIX, SOURCE, TYPE_PREFIX } from './attribute-names.js';
import { UnreadableEventError } from './unreadable-event-error.js';

/** Whether a line states no time, so that its event is recorded now. False for an unreadable line: reading it gives the error. */
export function isUndatedCloudEvent(line: string): boolean {
  try {
    return attributesOf(line)['time'] == null;
  } catch (error) {
    if (error instanceof UnreadableEventError) return false;
    throw error;
  }
}

/** Reads a line with a stated time. Does not validate the event's data. @throws {UnreadableEventError} */
export function readCloudEvent(line: string): HistoricEvent {
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

/** Reads a line without a time. Does not validate the event's data. @throws {UnreadableEventError} */
export function readUndatedCloudEvent(line: string): NewEvent & { readonly stream: string } {
  const attributes = attributesOf(line);
  const content = contentOf(attributes);
  if (attributes['time'] != null) {
    throw new UnreadableEventError(
      `Attribute 'time' is ${JSON.stringify(attributes['time'])}, but the first line of the file states none. ` +
        `Either every line of a file states its time, or none does.`,
    );
  }
  const stray = recordingAttributeNames.find((name) => attributes[name] != null);
  if (stray === undefined) return content;
  throw new UnreadableEventError(
    `Attribute '${stray}' goes with a stated 'time'. Without one the event is recorded now, and the log gives it that.`,
  );
}

/** The part of an event that dated and undated lines have in common. */
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
  const unknown = Object.keys(value).find((name) => !(attributeNames as readonly string[]).includes(name));
  if (unknown === undefined) return value as Attributes;
  throw new UnreadableEventError(`Unknown attribute '${unknown}'. Accepted are ${attributeNames.join(', ')}.`);
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
  // JSON.parse returned it.
  return data as Json;
}
