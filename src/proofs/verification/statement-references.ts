import type { Json, StoredEvent } from '../../../events/envelope.js';
import type { EventTypeName } from '../../../events/registry.js';

/** What makes a version of a statement that a later event can correct or withdraw. */
const statements: ReadonlySet<string> = new Set<EventTypeName>([
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

/** How an event says which version it ends, by its type. */
const endings: ReadonlyMap<string, string> = new Map<EventTypeName, string>([
  ['StatusCorrected', 'corrects'],
  ['StatusWithdrawn', 'withdraws'],
]);

const valueOf = (data: Json, field: string): Json | undefined =>
  data !== null && typeof data === 'object' && !Array.isArray(data)
    ? (data as { readonly [key: string]: Json })[field]
    : undefined;

/** Follows which versions of statements stand, as rule 1 of time has it: their ids and nothing else is kept. */
export function newReferences(): { faultsOf(event: StoredEvent): string[] } {
  /** The stream of each version that stands. */
  const standing = new Map<string, string>();

  return {
    faultsOf({ id, stream, type, data }) {
      const faults: string[] = [];
      const field = endings.get(type);
      if (field !== undefined) {
        const ended = valueOf(data, field);
        if (typeof ended !== 'string' || standing.get(ended) !== stream) {
          faults.push(`${field} ${JSON.stringify(ended)}, which is no statement of '${stream}' that stands there`);
        } else {
          standing.delete(ended);
        }
      }
      if (statements.has(type)) standing.set(id, stream);
      return faults;
    },
  };
}
