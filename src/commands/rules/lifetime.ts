import { existsOn, type Lifetime } from '../../../events/lifetime.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Rule } from '../define-rules.js';
import { called, existsInWords } from './wording.js';

const refusalOf = (stream: string, lifetime: Lifetime, date: string): Refusal | null =>
  existsOn(lifetime, date)
    ? null
    : refuse(
        'OUTSIDE_LIFETIME',
        'effectiveOn',
        `${called(stream)} ${existsInWords(lifetime)}; a statement from ${date} lies outside.`,
      );

/** Time rule 3: new statements outside the lifetime known at the time are refused. */
export const takesEffectInLifetime: Rule<
  'RegionNamed' | 'ProjectNamed' | 'OrganisationNamed' | 'StatusStated' | 'StatusCorrected'
> = (model, { type, data, stream }) => {
  const subject = model.subject(stream);
  if (!subject) return null;
  if (type === 'StatusCorrected') {
    // Existence makes the lifetime. And a date that stays may have come to lie outside by later news: that is no fault
    // of who corrects the level.
    if (data.scale === 'existence' || model.version(data.corrects)?.effectiveOn === data.effectiveOn) return null;
  }
  return refusalOf(stream, subject.lifetime, data.effectiveOn);
};
