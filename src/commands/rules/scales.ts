import { isReservedScale } from '../../../events/reserved-scales.js';
import { refuse } from '../refusal.js';
import type { Rule } from './rule.js';

/** The one reserved scale that may be defined, so that its values have an order and labels in tables. */
const DEFINABLE = 'care-office';

export const scaleIsNew: Rule<'ScaleDefined'> = (facts, { data: { key } }) => {
  if (isReservedScale(key) && key !== DEFINABLE) {
    return refuse('RESERVED_SCALE', 'key', `'${key}' is a scale of its own kind and needs no definition.`);
  }
  return facts.scale(key)
    ? refuse(
        'ALREADY_DEFINED',
        'key',
        `Scale '${key}' is defined already. To change its labels or add levels, revise it.`,
      )
    : null;
};

export const levelsDiffer: Rule<'ScaleDefined' | 'ScaleRevised'> = (_, { data: { key, levels } }) => {
  const keys = levels.map((level) => level.key);
  const twice = keys.find((level, index) => keys.indexOf(level) !== index);
  return twice === undefined
    ? null
    : refuse('DUPLICATE_LEVEL', 'levels', `Scale '${key}' has level '${twice}' twice; a key names one level.`);
};

/** A revision adds levels, and keeps those there are in their order: a change that was an advance must not become a fall. */
export const levelsAreKept: Rule<'ScaleRevised'> = (facts, { data: { key, levels } }) => {
  const scale = facts.scale(key);
  if (!scale) return refuse('UNKNOWN_SCALE', 'key', `Scale '${key}' is not defined, so it cannot be revised.`);
  const revised = levels.map((level) => level.key);
  const lost = scale.levels.find((level) => !revised.includes(level));
  if (lost !== undefined) {
    const message = `Scale '${key}' keeps the levels it has; '${lost}' is missing.`;
    return refuse('LEVEL_REMOVED', 'levels', message);
  }
  const kept = revised.filter((level) => scale.levels.includes(level));
  return kept.join() === scale.levels.join()
    ? null
    : refuse(
        'LEVELS_REORDERED',
        'levels',
        `Scale '${key}' keeps its levels in their order: ${scale.levels.join(', ')}.`,
      );
};
