import type { Basis } from '../../events/primitives.js';

/** From the strongest ground to the weakest. */
const basesByStrength: readonly Basis[] = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'];

export interface BasisCountView {
  readonly basis: Basis;
  readonly count: number;
}

/** The weakest of several grounds: what rests on a reconstruction is not an observation. */
export const weakest = (bases: readonly Basis[]): Basis =>
  basesByStrength[Math.max(...bases.map((basis) => basesByStrength.indexOf(basis)))] ?? 'RECONSTRUCTED';

/** How many of these rest on each ground, strongest first; grounds without any are left out. */
export const countBases = (bases: readonly Basis[]): BasisCountView[] =>
  basesByStrength
    .map((basis) => ({ basis, count: bases.filter((candidate) => candidate === basis).length }))
    .filter(({ count }) => count > 0);
