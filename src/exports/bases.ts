import { note, type SheetNote } from './sheet.js';
import type { Words } from './words.js';

export interface BasisCount {
  readonly basis: keyof Words['basis'];
  readonly count: number;
}

const BASES = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'] as const;

/**
 * How the statuses counted are known: for each list of counts a column. Nobody should take a reconstruction for an
 * observation, so a basis is named also where nothing rests on it.
 */
export const basisNotes = (columns: readonly (readonly BasisCount[])[], words: Words): SheetNote[] =>
  BASES.map((basis) =>
    note(
      words.basis[basis],
      ...columns.map((counts) => counts.reduce((sum, each) => (each.basis === basis ? sum + each.count : sum), 0)),
    ),
  );
