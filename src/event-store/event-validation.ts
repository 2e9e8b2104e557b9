import { isStorable, type NewEvent } from '../../events/envelope.js';
import { InvalidEventError } from '../../events/errors/event-errors.js';
import { isInstant, isUuidV7 } from '../../events/formats.js';
import { requireValid } from '../../events/validate.js';
import { isWellFormedText } from '../../events/well-formed.js';
import type { Append } from './port.js';

/** Names and ids are index keys. PostgreSQL takes at most some 2700 bytes for one. */
const MAX_NAME_LENGTH = 500;

/** A stream, actor, key or other id must be text that a log can store and find again. @throws {InvalidEventError} */
export function checkName(what: string, name: string | null): void {
  if (name === null) return;
  if (name === '' || name.length > MAX_NAME_LENGTH || !isWellFormedText(name)) {
    throw new InvalidEventError(`${what} must be 1 to ${MAX_NAME_LENGTH} characters of well-formed text without NUL.`);
  }
}

/** @throws {InvalidEventError} unless it is in the one form in which instants compare as text. */
export function checkInstant(what: string, instant: string): void {
  if (!isInstant(instant)) {
    throw new InvalidEventError(`${what} must be an instant 'YYYY-MM-DDTHH:MM:SS.sssZ', not '${instant}'.`);
  }
}

/** The checks of all engines on an event before they touch the log. @throws {InvalidEventError} */
export function checkEvent(event: NewEvent & { readonly stream: string }): void {
  if (!isUuidV7(event.id))
    throw new InvalidEventError(`The id of an event must be a UUIDv7 in lower case, not '${event.id}'.`);
  checkName('The stream', event.stream);
  checkName('The actor', event.actor);
  checkName('The correlation id', event.correlationId);
  checkName('The causation id', event.causationId);
  // The schema checks the form of the data. This checks that its text and numbers survive storage and canonical JSON.
  if (!isStorable(event.data)) {
    throw new InvalidEventError(
      `${event.type} holds text that is not well-formed Unicode, a NUL, or a number without end.`,
    );
  }
  // '1' would find the schema too and be stored as the number 1, which is not what was hashed.
  if (!Number.isInteger(event.schemaVersion)) throw new InvalidEventError('The schema version must be a whole number.');
  requireValid(event.type, event.schemaVersion, event.data);
}

/** @throws {InvalidEventError} */
export function checkAppend({ events, request }: Append): void {
  if (events.length === 0) throw new InvalidEventError('An append holds at least one event.');
  for (const event of events) checkEvent(event);
  if (request) {
    checkName('The idempotency key', request.idempotencyKey);
    checkName('The digest of the request', request.digest);
  }
}
