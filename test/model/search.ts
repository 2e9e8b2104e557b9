import type * as fc from 'fast-check';

const { PROPERTY_RUNS, PROPERTY_SEED } = process.env;

/** Somebody sits down to look for a fault, or to see a found one. */
const atLeisure = PROPERTY_RUNS !== undefined || PROPERTY_SEED !== undefined;

/**
 * How often a property is tried. PROPERTY_RUNS multiplies that, for a long search; PROPERTY_SEED repeats a search by its
 * seed. A failure prints the seed and the history that was found, event by event; what is small about it takes minutes to
 * find out, so that is done when one of the two is given.
 */
export const search = <T>(runs: number): fc.Parameters<T> => ({
  numRuns: Math.ceil(runs * Number(PROPERTY_RUNS ?? 1)),
  endOnFailure: !atLeisure,
  ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
});

/** How long one property may take, in milliseconds. */
export const patience = atLeisure ? 86_400_000 : 240_000;
