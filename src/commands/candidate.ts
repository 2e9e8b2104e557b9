import type { EventData } from '../../events/domain-event.js';
import type { EventTypeName } from '../../events/registry.js';

/** An event that is about to happen, in the stream that it is meant for. */
export type Candidate<T extends EventTypeName = EventTypeName> = {
  [K in T]: { readonly type: K; readonly data: EventData[K]; readonly stream: string };
}[T];
