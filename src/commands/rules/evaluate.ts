import { missedHome } from '../../../events/domain-event.js';
import type { EventTypeName } from '../../../events/event-types.js';
import { eventRules } from '../catalogue.js';
import type { ProposedEvent } from '../proposed-event.js';
import { refuse, type Refusal } from '../refusal.js';
import type { WriteModel } from '../write-model/write-model.js';

/**
 * Why history cannot take the event after what has happened so far; null if it can. Streams are named for what they are
 * about: one home for each thing is what makes expected revisions guard it.
 */
export function evaluateRules<T extends EventTypeName>(model: WriteModel, event: ProposedEvent<T>): Refusal | null {
  const home = missedHome(event);
  if (home !== null) {
    return refuse('WRONG_STREAM', 'stream', `${event.type} belongs in stream ${home}, not in '${event.stream}'.`);
  }
  for (const rule of eventRules[event.type].rules) {
    const refused = rule(model, event);
    if (refused) return refused;
  }
  return null;
}
