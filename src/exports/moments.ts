import { note, type SheetNote } from './sheet.js';
import { TREE_FIELDS, type TreeFields } from './trees.js';
import type { Words } from './words.js';

/** To be selected of every moment, so that a sheet says for which it holds. */
export const MOMENT_FIELDS = /* GraphQL */ `
  fragment MomentFields on Moment {
    asOf
    knownAt
    position
    period {
      key
      label(language: $language)
    }
    asPublished
    recordedAtStated
    tree {
      ...TreeFields
    }
  }
  ${TREE_FIELDS}
`;

export interface MomentFields {
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly position: string;
  readonly period: { readonly key: string; readonly label: string } | null;
  readonly asPublished: boolean;
  readonly recordedAtStated: boolean;
  readonly tree: TreeFields;
}

/** What is to be known of moments, a column each. */
export const momentNotes = (moments: readonly MomentFields[], { moment: words }: Words): SheetNote[] => [
  note(words.asOf, ...moments.map(({ asOf }) => asOf)),
  note(words.knownAt, ...moments.map(({ knownAt }) => knownAt)),
  note(words.position, ...moments.map(({ position }) => Number(position))),
  note(words.period, ...moments.map(({ period }) => period?.key ?? null)),
  note(words.periodLabel, ...moments.map(({ period }) => period?.label ?? null)),
  note(words.asPublished, ...moments.map(({ asPublished }) => asPublished)),
  note(words.recordedAtStated, ...moments.map(({ recordedAtStated }) => recordedAtStated)),
];

/** A moment in a title: the period that it was asked for by, or its date. */
export const momentName = ({ period, asOf }: MomentFields): string => period?.key ?? asOf;
