import { versionsOn } from '../facts/facts.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';
import { called } from './wording.js';

/**
 * A move against the order of an ordinal scale needs a reason. What it moves from is its neighbour in the timeline to come:
 * the last statement of an earlier date. One on the same date is outranked by this one, and was never held.
 */
export const fallHasReason: Rule<'StatusStated'> = (facts, { data, stream }) => {
  const scale = facts.scale(data.scale);
  const subject = facts.subject(stream);
  if (data.reason !== null || scale?.kind !== 'ORDINAL' || !subject) return null;
  // On the first day of the lifetime, what was stated of earlier days holds nowhere.
  if (data.effectiveOn === subject.lifetime.registeredOn) return null;
  const before = versionsOn(subject, data.scale).findLast(({ effectiveOn }) => effectiveOn < data.effectiveOn);
  if (!before || scale.levels.indexOf(before.level) <= scale.levels.indexOf(data.level)) return null;
  return refuse(
    'REASON_REQUIRED',
    'reason',
    `${called(stream)} has level '${before.level}' on scale '${data.scale}' from ${before.effectiveOn} on; ` +
      `a fall to '${data.level}' on ${data.effectiveOn} needs a reason.`,
  );
};
