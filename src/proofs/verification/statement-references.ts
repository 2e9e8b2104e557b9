import type { Json, StoredEvent } from '../../../events/envelope.js';
import type { EventTypeName } from '../../../events/registry.js';

/** The events that make a version of a statement, which a later event can correct or withdraw. */
const statementTypes: ReadonlySet<string> = new Set<EventTypeName>([
  'RegionRegistered',
  'RegionNamed',
  'RegionRetired',
  'ProjectRegistered',
  'ProjectNamed',
  'ProjectRetired',
  'OrganisationRegistered',
  'OrganisationNamed',
  'StatusStated',
  'StatusCorrected',
]);

/** By event type, the field that names the version that the event ends. */
const referenceFields: ReadonlyMap<string, string> = new Map<EventTypeName, string>([
  ['StatusCorrected', 'corrects'],
  ['StatusWithdrawn', 'withdraws'],
]);

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
      const field = referenceFields.get(type);
      if (field !== undefined) {
        const ended = fieldOf(data, field);
        if (typeof ended !== 'string' || streamsOfCurrent.get(ended) !== stream) {
          faults.push(`${field} ${JSON.stringify(ended)}, which is no statement of '${stream}' that stands there`);
        } else {
          streamsOfCurrent.delete(ended);
        }
      }
      if (statementTypes.has(type)) streamsOfCurrent.set(id, stream);
      return faults;
    },
  };
}
