import { note, type SheetNote } from '../sheet.js';
import { TREE_FIELDS, type TreeFields } from './tree-notes.js';
import type { Labels } from '../labels/labels.js';

/** The fields of a moment that a sheet shows, so that its readers know for which moment it holds. */
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

/** The notes on moments, one column for each. */
export const momentNotes = (moments: readonly MomentFields[], { moment: labels }: Labels): SheetNote[] => [
  note(labels.asOf, ...moments.map(({ asOf }) => asOf)),
  note(labels.knownAt, ...moments.map(({ knownAt }) => knownAt)),
  note(labels.position, ...moments.map(({ position }) => Number(position))),
  note(labels.period, ...moments.map(({ period }) => period?.key ?? null)),
  note(labels.periodLabel, ...moments.map(({ period }) => period?.label ?? null)),
  note(labels.asPublished, ...moments.map(({ asPublished }) => asPublished)),
  note(labels.recordedAtStated, ...moments.map(({ recordedAtStated }) => recordedAtStated)),
];

/** The name of a moment in a title: the key of its period, or its date where it has no period. */
export const momentName = ({ period, asOf }: MomentFields): string => period?.key ?? asOf;
