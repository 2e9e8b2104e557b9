import { note, type SheetNote } from '../sheet.js';
import type { Labels } from '../labels/labels.js';

export interface BasisCount {
  readonly basis: keyof Labels['basis'];
  readonly count: number;
}

const BASES = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'] as const;

/**
 * How many of the counted statuses rest on each basis, one column for each list of counts. A basis without statuses has a note
 * too, so that no reader takes reconstructed statuses for observed ones.
 */
export const basisNotes = (columns: readonly (readonly BasisCount[])[], labels: Labels): SheetNote[] =>
  BASES.map((basis) =>
    note(
      labels.basis[basis],
      ...columns.map((counts) => counts.reduce((sum, each) => (each.basis === basis ? sum + each.count : sum), 0)),
    ),
  );
