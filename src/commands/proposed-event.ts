import type { EventContent } from '../../events/domain-event.js';
import type { EventData, EventTypeName } from '../../events/event-types.js';

/** An event that is not recorded yet, in the stream that it is meant for: the rules accept or refuse it. */
export type ProposedEvent<T extends EventTypeName = EventTypeName> = EventContent<T> & { readonly stream: string };

/** An event that a command asks for, and which field of the command's input each field of the event's data comes from. */
export interface Proposal<T extends EventTypeName = EventTypeName> {
  readonly event: ProposedEvent<T>;
  /** Fields that are called the same in both are left out. */
  readonly inputFields: Readonly<Record<string, string>>;
}

export const propose = <T extends EventTypeName>(
  type: T,
  stream: string,
  data: EventData[T],
  inputFields: Readonly<Record<string, string>> = {},
): Proposal<T> => ({
  event: { type, stream, data },
  inputFields,
});
