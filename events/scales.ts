import { Type, type Static } from 'typebox';
import { closed, Key, Label, nullable, optionalGrounds, SubjectKind } from './primitives.js';

/** A step of an ordinal scale or a class of a nominal one. */
export const Level = Type.Object({ key: Key, label: Label, definition: nullable(Label) }, closed);
export type Level = Static<typeof Level>;

/** Ordinal scales rank their levels in the order given, lowest first; the levels of a nominal scale have an order but no rank. */
export const ScaleKind = Type.Enum(['ORDINAL', 'NOMINAL']);
export type ScaleKind = Static<typeof ScaleKind>;

export const ScaleDefined = Type.Object(
  {
    key: Key,
    subjectKind: SubjectKind,
    kind: ScaleKind,
    label: Label,
    levels: Type.Array(Level, { minItems: 1, maxItems: 200 }),
    ...optionalGrounds,
  },
  closed,
);
export type ScaleDefined = Static<typeof ScaleDefined>;

/**
 * A scale's labels, definitions or levels from this position on. Levels may be added, none may go or change places among
 * the others: the direction of a change that was recorded must not flip afterwards.
 */
export const ScaleRevised = Type.Object(
  { key: Key, label: Label, levels: Type.Array(Level, { minItems: 1, maxItems: 200 }), ...optionalGrounds },
  closed,
);
export type ScaleRevised = Static<typeof ScaleRevised>;

export const scaleStream = (key: string) => `scale-${key}`;
