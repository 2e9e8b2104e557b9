import type { EventTypeName } from '../../../events/event-types.js';
import { programmeStream } from '../../../events/milestones.js';
import type { Rule } from '../define-rules.js';
import { refuse } from '../refusal.js';
import { called } from './wording.js';

/** Nothing can be said of a subject whose registration is not known, or was withdrawn. The programme needs none. */
export const subjectIsRegistered: Rule<EventTypeName> = (model, { stream }) => {
  if (stream === programmeStream) return null;
  const subject = model.subject(stream);
  if (subject && subject.lifetime.registeredOn !== null) return null;
  const why = subject ? 'has no registration that stands: it was withdrawn' : 'is not registered';
  return refuse('NOT_REGISTERED', 'stream', `${called(stream)} ${why}.`);
};
