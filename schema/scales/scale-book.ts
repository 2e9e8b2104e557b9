import type { Label, SubjectKind } from '../../events/primitives.js';
import { isReservedScale, type ReservedScale } from '../../events/reserved-scales.js';
import type { AnySubjectKind } from '../../events/streams.js';
import type { Point } from '../../projections/point.js';
import type { ScaleView } from '../../projections/scales/queries.js';
import type { LevelOrder } from '../../projections/statements/changes.js';
import type { Loaders } from '../loaders.js';

/** A level as it is shown: rank only on ordinal scales, from 1. */
export interface ShownLevel {
  readonly key: string;
  readonly rank: number | null;
  readonly label: Label;
  readonly definition: Label | null;
}

/** A scale as it is shown at a point: defined by an event, or reserved. */
export interface ShownScale {
  readonly key: string;
  readonly kind: 'ORDINAL' | 'NOMINAL';
  readonly subjectKind: SubjectKind;
  readonly label: Label;
  /** Every level that the scale has at the point, in its order. Empty where any value can be stated. */
  readonly levels: readonly ShownLevel[];
  /** Also finds values that are not among `levels`. */
  level(key: string): ShownLevel;
}

const plain = (text: string): Label => ({ nl: text, en: null });

const reservedLabels: Record<ReservedScale, Label> = {
  existence: { nl: 'Bestaan', en: 'Existence' },
  name: { nl: 'Naam', en: 'Name' },
  'care-office': { nl: 'Zorgkantoor (concessiehouder)', en: 'Care office (concession holder)' },
  parent: { nl: 'Hoofdregio', en: 'Parent region' },
  regions: { nl: 'Regio’s', en: 'Regions' },
};

const existenceLevels: readonly ShownLevel[] = [
  { key: 'registered', rank: null, label: { nl: 'Geregistreerd', en: 'Registered' }, definition: null },
  { key: 'retired', rank: null, label: { nl: 'Opgeheven', en: 'Retired' }, definition: null },
];

/** The values of these reserved scales are keys of subjects, and are shown under the subject's name at the point. */
const namedAfter: Partial<Record<ReservedScale, AnySubjectKind>> = {
  'care-office': 'ORGANISATION',
  parent: 'REGION',
  regions: 'REGION',
};

/**
 * The scale as known at a point, for subjects of this kind. Null when it is neither reserved nor defined by then.
 */
export async function scaleAt(
  key: string,
  subjectKind: SubjectKind,
  point: Point,
  loaders: Loaders,
): Promise<ShownScale | null> {
  const defined = (await loaders.scales(point.position)).find((scale) => scale.key === key);
  if (isReservedScale(key)) return reservedScale(key, subjectKind, defined, point, loaders);
  return defined ? definedScale(defined) : null;
}

/** The same, but for a scale that is not defined yet: nothing has a level on it, and an answer about it is empty but has its form. */
export const scaleShown = async (
  key: string,
  subjectKind: SubjectKind,
  point: Point,
  { loaders }: { readonly loaders: Loaders },
): Promise<ShownScale> =>
  (await scaleAt(key, subjectKind, point, loaders)) ?? {
    key,
    kind: 'NOMINAL',
    subjectKind,
    label: plain(key),
    levels: [],
    level: finder([], plain),
  };

function definedScale(scale: ScaleView): ShownScale {
  const levels = scale.levels.map((level, index) => ({ ...level, rank: scale.kind === 'ORDINAL' ? index + 1 : null }));
  return { ...scale, levels, level: finder(levels, plain) };
}

async function reservedScale(
  key: ReservedScale,
  subjectKind: SubjectKind,
  defined: ScaleView | undefined,
  point: Point,
  loaders: Loaders,
): Promise<ShownScale> {
  const base = { key, kind: 'NOMINAL' as const, subjectKind, label: defined?.label ?? reservedLabels[key] };
  if (key === 'existence') return { ...base, levels: existenceLevels, level: finder(existenceLevels, plain) };
  const kind = namedAfter[key];
  if (!kind) return { ...base, levels: [], level: finder([], plain) };
  const names = new Map((await loaders.registered(kind, point)).map((subject) => [subject.key, subject.name]));
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

const finder = (levels: readonly ShownLevel[], labelOf: (key: string) => Label) => {
  const byKey = new Map(levels.map((level) => [level.key, level]));
  return (key: string): ShownLevel => byKey.get(key) ?? { key, rank: null, label: labelOf(key), definition: null };
};

/** The order of a shown scale's levels: null for a nominal one. */
export const levelOrder = (scale: ShownScale): LevelOrder =>
  scale.kind === 'ORDINAL' ? new Map(scale.levels.map(({ key }, index) => [key, index])) : null;

/** The keys of the scales that subjects of this kind are assessed on: what lists show unless a scale is named. */
export const assessedScales = async (kind: SubjectKind, position: number, loaders: Loaders): Promise<string[]> =>
  (await loaders.scales(position)).filter((scale) => scale.subjectKind === kind).map(({ key }) => key);
