import type { Label, SubjectKind } from '../../events/primitives.js';
import { isReservedScale } from '../../events/reserved-scales.js';
import { scaleStream, type ScaleKind } from '../../events/scales.js';
import { defineCommand, type Grounds } from './define-command.js';
import { defineRules, type Rule } from './define-rules.js';
import { optionalGrounds } from './optional-grounds.js';
import { propose } from './proposed-event.js';
import { refuse } from './refusal.js';

interface DefineScale extends Grounds {
  readonly kind: 'DEFINE_SCALE';
  readonly key: string;
  readonly subjectKind: SubjectKind;
  readonly scaleKind: ScaleKind;
  readonly label: Label;
  readonly levels: readonly { readonly key: string; readonly label: Label; readonly definition: Label | null }[];
}

export const defineScale = defineCommand({
  kind: 'DEFINE_SCALE',
  role: 'administrator',
  records: ['ScaleDefined'],
  streams: ({ key }: DefineScale) => [scaleStream(key)],
  decide(command) {
    const { key, subjectKind, scaleKind: kind, label, levels } = command;
    const data = { key, subjectKind, kind, label, levels: levels.map((level) => ({ ...level })) };
    return [propose('ScaleDefined', scaleStream(key), { ...data, ...optionalGrounds(command) })];
  },
});

/** The one reserved scale that may be defined, so that its values have an order and labels in tables. */
const DEFINABLE = 'care-office';

const scaleIsNew: Rule<'ScaleDefined'> = (model, { data: { key } }) => {
  if (isReservedScale(key) && key !== DEFINABLE) {
    return refuse('RESERVED_SCALE', 'key', `'${key}' is a scale of its own kind and needs no definition.`);
  }
  return model.scale(key)
    ? refuse(
        'ALREADY_DEFINED',
        'key',
        `Scale '${key}' is defined already. To change its labels or add levels, revise it.`,
      )
    : null;
};

const levelsDiffer: Rule<'ScaleDefined' | 'ScaleRevised'> = (_, { data: { key, levels } }) => {
  const keys = levels.map((level) => level.key);
  const twice = keys.find((level, index) => keys.indexOf(level) !== index);
  return twice === undefined
    ? null
    : refuse('DUPLICATE_LEVEL', 'levels', `Scale '${key}' has level '${twice}' twice; a key names one level.`);
};

/** A revision adds levels, and keeps those there are in their order: a change that was an advance must not become a fall. */
const levelsAreKept: Rule<'ScaleRevised'> = (model, { data: { key, levels } }) => {
  const scale = model.scale(key);
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

export const scaleDefinedRules = defineRules('ScaleDefined', scaleIsNew, levelsDiffer);
export const scaleRevisedRules = defineRules('ScaleRevised', levelsDiffer, levelsAreKept);
