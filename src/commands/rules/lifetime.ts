import { existsOn, type Lifetime } from '../../../events/lifetime.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Rule } from './rule.js';
import { called, existsInWords } from './wording.js';

const judge = (stream: string, lifetime: Lifetime, date: string): Refusal | null =>
  existsOn(lifetime, date)
    ? null
    : refuse(
        'OUTSIDE_LIFETIME',
        'effectiveOn',
        `${called(stream)} ${existsInWords(lifetime)}; a statement from ${date} lies outside.`,
      );

/** Rule 3: new statements outside the lifetime known at the time are refused. */
export const takesEffectInLifetime: Rule<
  'RegionNamed' | 'ProjectNamed' | 'OrganisationNamed' | 'StatusStated' | 'StatusCorrected'
> = (facts, { type, data, stream }) => {
  const subject = facts.subject(stream);
  if (!subject) return null;
  if (type === 'StatusCorrected') {
    // Existence makes the lifetime. And a date that stays may have come to lie outside by later news: that is no fault
    // of who corrects the level.
    if (data.scale === 'existence' || facts.version(data.corrects)?.effectiveOn === data.effectiveOn) return null;
  }
  return judge(stream, subject.lifetime, data.effectiveOn);
};

/** Retirement is after registration, and once. */
export const canRetire: Rule<'RegionRetired' | 'ProjectRetired'> = (facts, { data, stream }) => {
  const { registeredOn, retiredOn } = facts.subject(stream)?.lifetime ?? { registeredOn: null, retiredOn: null };
  if (retiredOn !== null) {
    const message = `${called(stream)} is retired from ${retiredOn} on. To change the date, correct the retirement.`;
    return refuse('ALREADY_RETIRED', 'retiredOn', message);
  }
  if (registeredOn !== null && data.retiredOn <= registeredOn) {
    const message = `${called(stream)} is registered from ${registeredOn} on; it can retire after that day only.`;
    return refuse('LIFETIME_INVERTED', 'retiredOn', message);
  }
  return null;
};
