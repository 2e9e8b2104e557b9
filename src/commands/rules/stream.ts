import { missedHome } from '../../../events/domain-event.js';
import type { EventTypeName } from '../../../events/event-types.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

/** Streams are named for what they are about. One place for each thing is what makes expected revisions guard it. */
export const standsInItsStream: Rule<EventTypeName> = (_, event) => {
  const home = missedHome(event);
  return home === null
    ? null
    : refuse('WRONG_STREAM', 'stream', `${event.type} belongs in stream ${home}, not in '${event.stream}'.`);
};
