import { regionKeys, regionsValue } from '../../../events/reserved-scales.js';
import { streamOfSubject } from '../../../events/streams.js';
import type { WriteModel } from '../write-model/write-model.js';
import { refuse, type Refusal } from '../refusal.js';
import type { Rule } from '../define-rules.js';
import { listed } from './wording.js';

const isRegistered = (model: WriteModel, kind: 'REGION' | 'ORGANISATION', key: string): boolean =>
  (model.subject(streamOfSubject({ kind, key }))?.lifetime.registeredOn ?? null) !== null;

function onDefinedScale(model: WriteModel, scale: string, level: string): Refusal | null {
  const levels = model.scale(scale)?.levels ?? [];
  return levels.includes(level)
    ? null
    : refuse('UNKNOWN_LEVEL', 'level', `Scale '${scale}' has no level '${level}'. Its levels are ${listed(levels)}.`);
}

function careOffice(model: WriteModel, key: string): Refusal | null {
  if (!isRegistered(model, 'ORGANISATION', key)) {
    return refuse('UNKNOWN_ORGANISATION', 'level', `No organisation '${key}' is registered.`);
  }
  return model.scale('care-office') ? onDefinedScale(model, 'care-office', key) : null;
}

const region = (model: WriteModel, key: string): Refusal | null =>
  isRegistered(model, 'REGION', key) ? null : refuse('UNKNOWN_REGION', 'level', `No region '${key}' is registered.`);

function regions(model: WriteModel, value: string): Refusal | null {
  const keys = regionKeys(value);
  const canonical = regionsValue(keys);
  if (value !== canonical) {
    const message = `Regions are written once each and in alphabetical order: '${canonical}', not '${value}'.`;
    return refuse('MALFORMED_VALUE', 'level', message);
  }
  return keys.reduce<Refusal | null>((refusal, key) => refusal ?? region(model, key), null);
}

/** The level is one that its scale has; on the reserved scales, a value that means something there. */
export const levelIsKnown: Rule<'StatusStated' | 'StatusCorrected'> = (model, { data: { scale, level } }) => {
  switch (scale) {
    case 'existence':
    case 'name':
      return null;
    case 'care-office':
      return careOffice(model, level);
    case 'parent':
      return region(model, level);
    case 'regions':
      return regions(model, level);
    default:
      return onDefinedScale(model, scale, level);
  }
};
