import type { Json, StoredEvent } from '../../../events/envelope.js';
import { eventDefinitions, isEventTypeName } from '../../../events/event-types.js';

const fieldOf = (data: Json, field: string): Json | undefined =>
  data !== null && typeof data === 'object' && !Array.isArray(data)
    ? // Array.isArray does not narrow readonly arrays away.
      (data as { readonly [key: string]: Json })[field]
    : undefined;

export interface ReferenceVerifier {
  /** What is wrong with the reference of the next event, each as the end of a sentence about it. */
  faultsOf(event: StoredEvent): string[];
}

/** Verifies that corrections and withdrawals name the current version of a statement (time rule 1). Keeps the ids of versions only. */
export function newReferenceVerifier(): ReferenceVerifier {
  /** The stream of each current version, by the id of its event. */
  const streamsOfCurrent = new Map<string, string>();

  return {
    faultsOf({ id, stream, type, data }) {
      const faults: string[] = [];
      const statement = isEventTypeName(type) ? eventDefinitions[type].statement : null;
      const field = statement?.endsVersionIn ?? null;
      if (field !== null) {
        const ended = fieldOf(data, field);
        if (typeof ended !== 'string' || streamsOfCurrent.get(ended) !== stream) {
          faults.push(`${field} ${JSON.stringify(ended)}, which is no statement of '${stream}' that stands there`);
        } else {
          streamsOfCurrent.delete(ended);
        }
      }
      if (statement !== null && statement.kind !== 'WITHDRAWN') streamsOfCurrent.set(id, stream);
      return faults;
    },
  };
}
