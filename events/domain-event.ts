import type { StoredEvent } from './envelope.js';
import { eventDefinitions, type EventData, type EventTypeName } from './event-types.js';
import { knownEventType } from './known-event-type.js';
import type { StatementChange } from './statement-change.js';

/** What an event says, wherever it stands: `switch` on the type narrows the data. */
export type EventContent<T extends EventTypeName = EventTypeName> = {
  [K in T]: { readonly type: K; readonly data: EventData[K] };
}[T];

/** A stored event that this program knows, its data in the current schema version. */
export type DomainEvent<T extends EventTypeName = EventTypeName> = Omit<StoredEvent, 'type' | 'data'> & EventContent<T>;

/**
 * What an event says, in the current schema version. The data is not held against its schema: that was done before the log
 * took the event, and the log vouches for it since (see docs/decisions/0018-an-event-is-validated-once.md).
 * @throws {InvalidEventError} when type or version are not known to this program.
 */
export function decodeContent(event: { type: string; schemaVersion: number; data: unknown }): EventContent {
  const type = knownEventType(event.type, event.schemaVersion);
  const { versions, upcast } = eventDefinitions[type];
  const data = event.schemaVersion === versions.length ? event.data : upcast(event.schemaVersion, event.data);
  // The data has the form that its type calls for; the compiler does not follow the two together.
  return { type, data } as EventContent;
}

/** The same for an event of a log. @throws {InvalidEventError} */
export const decode = (stored: StoredEvent): DomainEvent => ({ ...stored, ...decodeContent(stored) });

/** What an event changes about statements; null for events that are about something else. */
export const statementChange = <T extends EventTypeName>(event: EventContent<T>): StatementChange | null =>
  eventDefinitions[event.type].statement?.change(event.data) ?? null;

/** The streams that take an event like this, as far as `stream` is not one of them; null if it is. */
export const missedHome = <T extends EventTypeName>(
  event: EventContent<T> & { readonly stream: string },
): string | null => {
  const { home } = eventDefinitions[event.type];
  return home.includes(event.stream, event.data) ? null : home.describe(event.data);
};
