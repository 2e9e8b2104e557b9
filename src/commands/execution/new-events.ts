import type { NewEvent } from '../../../events/envelope.js';
import { currentVersion } from '../../../events/event-types.js';
import type { ProposedEvent } from '../proposed-event.js';

/** Who records, for which request, and where ids come from. */
export interface Signature {
  readonly actor: string;
  readonly correlationId: string;
  readonly newId: () => string;
}

/** What was decided as events to append: in today's schema versions, with ids of their own. */
export const newEvents = (
  candidates: readonly ProposedEvent[],
  { actor, correlationId, newId }: Signature,
): (NewEvent & { readonly stream: string })[] =>
  candidates.map(({ stream, type, data }) => ({
    id: newId(),
    stream,
    type,
    schemaVersion: currentVersion(type),
    actor,
    correlationId,
    causationId: null,
    data,
  }));
