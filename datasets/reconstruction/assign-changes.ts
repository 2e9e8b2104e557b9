import { allocate } from './allocate.js';
import type { Change } from './solve-changes.js';
import { pseudoRandom } from './pseudo-random.js';

const RANDOM_RANGE = 1000;

/**
 * Assigns each project one of the changes, each change as often as its count, with the least total implausibility. Ties are
 * broken at random, the same at every build. An implausibility is a small whole number; null rules the change out.
 */
export function assignChanges<P extends { readonly key: string }>(
  salt: string,
  projects: readonly P[],
  changes: readonly Change[],
  implausibilityOf: (project: P, change: Change) => number | null,
): ReadonlyMap<string, Change> {
  const cells = allocate({
    rows: projects.map(() => ({ wanted: 1, most: 1 })),
    columns: changes.map(({ count }) => ({ wanted: count, most: count })),
    cost: (row, column) => {
      const project = projects[row] as P;
      const change = changes[column] as Change;
      const implausibility = implausibilityOf(project, change);
      const chance = pseudoRandom(`${project.key}|${salt}|${change.from ?? ''}|${change.to ?? ''}`, RANDOM_RANGE);
      return implausibility === null ? null : implausibility * RANDOM_RANGE * RANDOM_RANGE + chance;
    },
    total: projects.length,
  });
  return new Map(
    projects.map(({ key }, row) => {
      const change = changes[cells[row]?.indexOf(1) ?? -1];
      if (change === undefined) throw new Error(`No ${salt} is left for project ${key}`);
      return [key, change];
    }),
  );
}
