import type { NewEvent } from '../../events/envelope.js';
import { newEventId } from '../../src/event-store/event-id.js';

/** An event to append where it does not matter which. */
export const namedZeeland = (
  data: { readonly name?: string; readonly effectiveOn?: string } = {},
): NewEvent & { readonly stream: string } => ({
  id: newEventId(),
  stream: 'region-zeeland',
  type: 'RegionNamed',
  schemaVersion: 1,
  actor: 'tester',
  correlationId: 'test',
  causationId: null,
  data: { name: 'Zeeland', effectiveOn: '2021-01-01', reason: null, evidence: [], ...data },
});
