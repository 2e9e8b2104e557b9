import type { Label, SubjectKind } from '../../events/primitives.js';
import { isReservedScale, type ReservedScale } from '../../events/reserved-scales.js';
import type { AnySubjectKind } from '../../events/streams.js';
import type { Point } from '../../projections/point.js';
import type { ScaleView } from '../../projections/scales/queries.js';
import type { LevelOrder } from '../../projections/statements/changes.js';
import type { Context } from '../context.js';
import { nameOfPoint, oncePerRequest } from '../loaders.js';
import { registeredSubjects } from '../subjects/loaders.js';
import { scalesDefinedBy } from './loaders.js';

/** A level as known at a point: rank only on ordinal scales, from 1. */
export interface ResolvedLevel {
  readonly key: string;
  readonly rank: number | null;
  readonly label: Label;
  readonly definition: Label | null;
}

/** A scale as known at a point: defined by an event, or reserved. */
export interface ResolvedScale {
  readonly key: string;
  readonly kind: 'ORDINAL' | 'NOMINAL';
  readonly subjectKind: SubjectKind;
  readonly label: Label;
  /** Every level that the scale has at the point, in its order. Empty where any value can be stated. */
  readonly levels: readonly ResolvedLevel[];
  /** Also finds values that are not among `levels`. */
  level(key: string): ResolvedLevel;
}

const plain = (text: string): Label => ({ nl: text, en: null });

const reservedLabels: Record<ReservedScale, Label> = {
  existence: { nl: 'Bestaan', en: 'Existence' },
  name: { nl: 'Naam', en: 'Name' },
  'care-office': { nl: 'Zorgkantoor (concessiehouder)', en: 'Care office (concession holder)' },
  parent: { nl: 'Hoofdregio', en: 'Parent region' },
  regions: { nl: 'Regio’s', en: 'Regions' },
};

const existenceLevels: readonly ResolvedLevel[] = [
  { key: 'registered', rank: null, label: { nl: 'Geregistreerd', en: 'Registered' }, definition: null },
  { key: 'retired', rank: null, label: { nl: 'Opgeheven', en: 'Retired' }, definition: null },
];

/** The values of these reserved scales are keys of subjects, and are labelled with the subject's name at the point. */
const namedAfter: Partial<Record<ReservedScale, AnySubjectKind>> = {
  'care-office': 'ORGANISATION',
  parent: 'REGION',
  regions: 'REGION',
};

/** The scale as known at a point, for subjects of a kind. Null when it is neither reserved nor defined by then. */
export const resolveScale = (
  key: string,
  subjectKind: SubjectKind,
  point: Point,
  context: Context,
): Promise<ResolvedScale | null> => scaleOfKind({ key, subjectKind, point }, context);

interface ScaleOfKind {
  readonly key: string;
  readonly subjectKind: SubjectKind;
  readonly point: Point;
}

const scaleOfKind = oncePerRequest(
  async ({ key, subjectKind, point }: ScaleOfKind, context) => {
    const defined = (await scalesDefinedBy(point.position, context)).find((scale) => scale.key === key);
    if (isReservedScale(key)) return reservedScale(key, subjectKind, defined, point, context);
    return defined ? definedScale(defined) : null;
  },
  ({ key, subjectKind, point }) => `${key}@${subjectKind}@${nameOfPoint(point)}`,
);

/** The scale, or one without levels where it is not defined yet: a table over it is empty, but has its rows and columns. */
export const resolveScaleOrEmpty = async (
  key: string,
  subjectKind: SubjectKind,
  point: Point,
  context: Context,
): Promise<ResolvedScale> =>
  (await resolveScale(key, subjectKind, point, context)) ?? {
    key,
    kind: 'NOMINAL',
    subjectKind,
    label: plain(key),
    levels: [],
    level: finder([], plain),
  };

function definedScale(scale: ScaleView): ResolvedScale {
  const levels = scale.levels.map((level, index) => ({ ...level, rank: scale.kind === 'ORDINAL' ? index + 1 : null }));
  return { ...scale, levels, level: finder(levels, plain) };
}

async function reservedScale(
  key: ReservedScale,
  subjectKind: SubjectKind,
  defined: ScaleView | undefined,
  point: Point,
  context: Context,
): Promise<ResolvedScale> {
  const base = { key, kind: 'NOMINAL' as const, subjectKind, label: defined?.label ?? reservedLabels[key] };
  if (key === 'existence') return { ...base, levels: existenceLevels, level: finder(existenceLevels, plain) };
  const kind = namedAfter[key];
  if (!kind) return { ...base, levels: [], level: finder([], plain) };
  const names = new Map(
    (await registeredSubjects({ kind: kind, point: point }, context)).map((subject) => [subject.key, subject.name]),
  );
  const nameOf = (value: string): Label =>
    plain(
      value
        .split(',')
        .map((part) => names.get(part) ?? part)
        .join(', '),
    );
  const keys = key === 'regions' ? [] : (defined?.levels.map((level) => level.key) ?? [...names.keys()]);
  const definitions = new Map(defined?.levels.map((level) => [level.key, level.definition]));
  const levels = keys.map((value) => ({
    key: value,
    rank: null,
    label: nameOf(value),
    definition: definitions.get(value) ?? null,
  }));
  return { ...base, levels, level: finder(levels, nameOf) };
}

const finder = (levels: readonly ResolvedLevel[], labelOf: (key: string) => Label) => {
  const byKey = new Map(levels.map((level) => [level.key, level]));
  return (key: string): ResolvedLevel => byKey.get(key) ?? { key, rank: null, label: labelOf(key), definition: null };
};

/** The order of a scale's levels: null for a nominal one. */
export const levelOrder = (scale: ResolvedScale): LevelOrder =>
  scale.kind === 'ORDINAL' ? new Map(scale.levels.map(({ key }, index) => [key, index])) : null;

/** The keys of the scales that subjects of this kind are assessed on. Lists answer for these unless a scale is named. */
export const assessedScales = async (kind: SubjectKind, position: number, context: Context): Promise<string[]> =>
  (await scalesDefinedBy(position, context)).filter((scale) => scale.subjectKind === kind).map(({ key }) => key);
