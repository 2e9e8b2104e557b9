import type { SubjectKind } from '../primitives.js';

/** A condition of a cell: one of these levels on a scale, or any level where none is named. */
export interface CellCondition {
  readonly scale: string;
  readonly levels: readonly string[] | null;
}

/** How many subjects meet all conditions at the reference date of a period; the formula's own period where none is named. */
export interface CellReference {
  readonly subjects: SubjectKind;
  readonly conditions: readonly CellCondition[];
  readonly period: string | null;
}

/** How formulas call the subjects that they count. */
export const nouns: Readonly<Record<SubjectKind, string>> = { REGION: 'regions', PROJECT: 'projects' };

export const subjectsOfNoun = (noun: string): SubjectKind | null =>
  noun === nouns.REGION ? 'REGION' : noun === nouns.PROJECT ? 'PROJECT' : null;

const byScale = (a: CellCondition, b: CellCondition): number => (a.scale < b.scale ? -1 : a.scale > b.scale ? 1 : 0);

/**
 * The one spelling of a reference: conditions by scale, levels in alphabetical order, the period named. Counts that were
 * recorded are found again by it.
 */
export function writeCell({ subjects, conditions, period }: CellReference, defaultPeriod: string): string {
  const written = [...conditions]
    .sort(byScale)
    .map(({ scale, levels }) => (levels ? `${scale}=${[...new Set(levels)].sort().join('|')}` : scale));
  return `${nouns[subjects]}${written.length > 0 ? `[${written.join(', ')}]` : ''}@${period ?? defaultPeriod}`;
}
