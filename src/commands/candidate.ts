import type { EventData, EventTypeName } from '../../events/event-types.js';

/** An event that is about to happen, in the stream that it is meant for. */
export type Candidate<T extends EventTypeName = EventTypeName> = {
  [K in T]: { readonly type: K; readonly data: EventData[K]; readonly stream: string };
}[T];
