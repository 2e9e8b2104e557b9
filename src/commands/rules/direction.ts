import { versionsOn } from '../write-model/write-model.js';
import { refuse } from '../refusal.js';
import type { Rule } from '../define-rules.js';
import { called } from './wording.js';

/**
 * A move against the order of an ordinal scale needs a reason, whichever of the two statements makes it: the one that is
 * lower than its predecessor in the timeline to come, or a late one that is higher than its successor and was not so before.
 * One on the same date is outranked by this one, and was never held.
 */
export const fallHasReason: Rule<'StatusStated'> = (model, { data, stream }) => {
  const scale = model.scale(data.scale);
  const subject = model.subject(stream);
  if (data.reason !== null || scale?.kind !== 'ORDINAL' || !subject) return null;
  const rank = (level: string): number => scale.levels.indexOf(level);
  const { registeredOn, retiredOn } = subject.lifetime;
  const versions = versionsOn(subject, data.scale);
  // On the first day of the lifetime, what was stated of earlier days holds nowhere.
  const before =
    data.effectiveOn === registeredOn
      ? undefined
      : versions.findLast(({ effectiveOn }) => effectiveOn < data.effectiveOn);
  // Of several on the next date the last holds; one after the retirement holds nowhere.
  const next = versions.find(({ effectiveOn }) => effectiveOn > data.effectiveOn)?.effectiveOn;
  const after =
    next === undefined || (retiredOn !== null && next >= retiredOn)
      ? undefined
      : versions.findLast(({ effectiveOn }) => effectiveOn === next);
  if (before && rank(before.level) > rank(data.level)) {
    return refuse(
      'REASON_REQUIRED',
      'reason',
      `${called(stream)} has level '${before.level}' on scale '${data.scale}' from ${before.effectiveOn} on; ` +
        `a fall to '${data.level}' on ${data.effectiveOn} needs a reason.`,
    );
  }
  const fellBefore = before !== undefined && after !== undefined && rank(before.level) > rank(after.level);
  if (!after || fellBefore || rank(after.level) >= rank(data.level)) return null;
  return refuse(
    'REASON_REQUIRED',
    'reason',
    `${called(stream)} has level '${after.level}' on scale '${data.scale}' from ${after.effectiveOn} on; ` +
      `'${data.level}' from ${data.effectiveOn} on makes that a fall, which needs a reason.`,
  );
};
