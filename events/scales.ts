import { Type, type Static } from 'typebox';
import { defineEvent } from './define-event.js';
import { firstVersion } from './schema-versions.js';
import { namedBy } from './home-stream.js';
import { closed, Key, Label, nullable, optionalGrounds, SubjectKind } from './primitives.js';

/** A step of an ordinal scale or a class of a nominal one. */
export const Level = Type.Object({ key: Key, label: Label, definition: nullable(Label) }, closed);
export type Level = Static<typeof Level>;

/** Ordinal scales rank their levels in the order given, lowest first; the levels of a nominal scale have an order but no rank. */
export const ScaleKind = Type.Enum(['ORDINAL', 'NOMINAL']);
export type ScaleKind = Static<typeof ScaleKind>;

const Levels = Type.Array(Level, { minItems: 1, maxItems: 200 });

export const scaleStream = (key: string) => `scale-${key}`;

export const ScaleDefined = defineEvent('ScaleDefined', {
  meaning: 'There is a scale on which subjects of one kind can have levels.',
  versions: firstVersion(
    Type.Object(
      { key: Key, subjectKind: SubjectKind, kind: ScaleKind, label: Label, levels: Levels, ...optionalGrounds },
      closed,
    ),
  ),
  home: namedBy(scaleStream, 'key'),
});

/**
 * Levels may be added; none may go or change places among the others, because the direction of a recorded change must not
 * flip afterwards.
 */
export const ScaleRevised = defineEvent('ScaleRevised', {
  meaning: 'A scale has these labels, definitions and levels from this position of the log on.',
  versions: firstVersion(Type.Object({ key: Key, label: Label, levels: Levels, ...optionalGrounds }, closed)),
  home: namedBy(scaleStream, 'key'),
});
