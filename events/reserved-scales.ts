/**
 * What varies about any subject is stated on scales that need no definition: existence, name, care office, parent region,
 * and the regions of a project. They follow the same rules of time as every other statement.
 */
export const reservedScales = ['existence', 'name', 'care-office', 'parent', 'regions'] as const;
export type ReservedScale = (typeof reservedScales)[number];

/** The levels of scale `existence`: a registration states the first, a retirement the second. */
export const existence = { registered: 'registered', retired: 'retired' } as const;

export const isReservedScale = (key: string): key is ReservedScale =>
  (reservedScales as readonly string[]).includes(key);

/** The value of a statement on scale `regions`: each key once, in alphabetical order, so that equal sets are equal values. */
export const regionsValue = (keys: readonly string[]): string => [...new Set(keys)].sort().join(',');

export const regionKeys = (value: string): string[] => (value === '' ? [] : value.split(','));
