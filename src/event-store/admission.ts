import { isStorable, type NewEvent } from '../../events/envelope.js';
import { isInstant, isUuidV7 } from '../../events/formats.js';
import { InvalidEvent, validateEvent } from '../../events/registry.js';
import { isWellFormedText } from '../../events/well-formed.js';
import type { Append } from './port.js';

/** Names and ids are keys of indexes, and PostgreSQL's take no more than some 2700 bytes. */
const LONGEST_NAME = 500;

/** A stream, actor, key or other id that a log can keep and find again. @throws {InvalidEvent} */
export function checkName(what: string, name: string | null): void {
  if (name === null) return;
  if (name === '' || name.length > LONGEST_NAME || !isWellFormedText(name)) {
    throw new InvalidEvent(`${what} must be 1 to ${LONGEST_NAME} characters of well-formed text without NUL.`);
  }
}

/** @throws {InvalidEvent} unless it is in the one form in which instants compare as text. */
export function checkInstant(what: string, instant: string): void {
  if (!isInstant(instant)) {
    throw new InvalidEvent(`${what} must be an instant 'YYYY-MM-DDTHH:MM:SS.sssZ', not '${instant}'.`);
  }
}

/** What every engine demands of an event before it touches its log. @throws {InvalidEvent} */
export function checkEvent(event: NewEvent & { readonly stream: string }): void {
  if (!isUuidV7(event.id))
    throw new InvalidEvent(`The id of an event must be a UUIDv7 in lower case, not '${event.id}'.`);
  checkName('The stream', event.stream);
  checkName('The actor', event.actor);
  checkName('The correlation id', event.correlationId);
  checkName('The causation id', event.causationId);
  // The schemas know the form, this knows what text and numbers survive storage and canonical JSON.
  if (!isStorable(event.data)) {
    throw new InvalidEvent(`${event.type} holds text that is not well-formed Unicode, a NUL, or a number without end.`);
  }
  // '1' would find the schema too, and be stored as 1: not what was hashed.
  if (!Number.isInteger(event.schemaVersion)) throw new InvalidEvent('The schema version must be a whole number.');
  validateEvent(event.type, event.schemaVersion, event.data);
}

/** @throws {InvalidEvent} */
export function checkAppend({ events, request }: Append): void {
  if (events.length === 0) throw new InvalidEvent('An append holds at least one event.');
  for (const event of events) checkEvent(event);
  if (request) {
    checkName('The idempotency key', request.idempotencyKey);
    checkName('The digest of the request', request.digest);
  }
}
