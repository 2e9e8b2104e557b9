import type { StoredEvent } from './envelope.js';
import { InvalidEventError } from './errors/event-errors.js';
import { validateEvent } from './validate.js';

/**
 * Why something failed that was derived from events of a log. Events of a log are not validated when they are read, so one
 * that was changed in the database shows by some error or other: this finds the event, and says what is wrong with it.
 * @returns the InvalidEventError of the first event that is malformed; the error itself where none is
 */
export function causeOfFailure(error: unknown, events: readonly StoredEvent[]): unknown {
  for (const { type, schemaVersion, data } of events) {
    try {
      validateEvent(type, schemaVersion, data);
    } catch (invalid) {
      if (invalid instanceof InvalidEventError) return invalid;
    }
  }
  return error;
}
