import { InvalidEventError } from './errors/event-errors.js';
import { eventDefinitions, isEventTypeName, type EventTypeName } from './event-types.js';

/** The type, if this program knows it and the version. @throws {InvalidEventError} */
export function knownEventType(type: string, schemaVersion: number): EventTypeName {
  if (!isEventTypeName(type)) throw new InvalidEventError(`Unknown event type '${type}'.`);
  const current = eventDefinitions[type].versions.length;
  if (Number.isInteger(schemaVersion) && schemaVersion >= 1 && schemaVersion <= current) return type;
  throw new InvalidEventError(`${type} has versions 1 to ${current}, not ${schemaVersion}.`);
}
