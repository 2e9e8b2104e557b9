import { regionKeys, regionsValue } from '../../../events/reserved-scales.js';
import { streamOfSubject } from '../../../events/streams.js';
import type { Facts } from '../facts/facts.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Rule } from './rule.js';
import { listed } from './wording.js';

const isRegistered = (facts: Facts, kind: 'REGION' | 'ORGANISATION', key: string): boolean =>
  (facts.subject(streamOfSubject({ kind, key }))?.lifetime.registeredOn ?? null) !== null;

function onDefinedScale(facts: Facts, scale: string, level: string): Refusal | null {
  const levels = facts.scale(scale)?.levels ?? [];
  return levels.includes(level)
    ? null
    : refuse('UNKNOWN_LEVEL', 'level', `Scale '${scale}' has no level '${level}'. Its levels are ${listed(levels)}.`);
}

function careOffice(facts: Facts, key: string): Refusal | null {
  if (!isRegistered(facts, 'ORGANISATION', key)) {
    return refuse('UNKNOWN_ORGANISATION', 'level', `No organisation '${key}' is registered.`);
  }
  return facts.scale('care-office') ? onDefinedScale(facts, 'care-office', key) : null;
}

const region = (facts: Facts, key: string): Refusal | null =>
  isRegistered(facts, 'REGION', key) ? null : refuse('UNKNOWN_REGION', 'level', `No region '${key}' is registered.`);

function regions(facts: Facts, value: string): Refusal | null {
  const keys = regionKeys(value);
  const canonical = regionsValue(keys);
  if (value !== canonical) {
    const message = `Regions are written once each and in alphabetical order: '${canonical}', not '${value}'.`;
    return refuse('MALFORMED_VALUE', 'level', message);
  }
  return keys.reduce<Refusal | null>((refusal, key) => refusal ?? region(facts, key), null);
}

/** The level is one that its scale has; on the reserved scales, a value that means something there. */
export const levelIsKnown: Rule<'StatusStated' | 'StatusCorrected'> = (facts, { data: { scale, level } }) => {
  switch (scale) {
    case 'existence':
    case 'name':
      return null;
    case 'care-office':
      return careOffice(facts, level);
    case 'parent':
      return region(facts, level);
    case 'regions':
      return regions(facts, level);
    default:
      return onDefinedScale(facts, scale, level);
  }
};
