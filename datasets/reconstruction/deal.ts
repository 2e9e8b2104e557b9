import { allocate } from './allocate.js';
import type { Change } from './changes.js';
import { noise } from './noise.js';

const NOISE = 1000;

/**
 * Gives each project one of the changes, as often as each is to be given, so that the sum of what `odd` says of them
 * is least; what it leaves open is spread by noise. `odd` is a small whole number, or null where it may not be.
 */
export function deal<P extends { readonly key: string }>(
  salt: string,
  projects: readonly P[],
  changes: readonly Change[],
  odd: (project: P, change: Change) => number | null,
): ReadonlyMap<string, Change> {
  const cells = allocate({
    rows: projects.map(() => ({ wanted: 1, most: 1 })),
    columns: changes.map(({ count }) => ({ wanted: count, most: count })),
    cost: (row, column) => {
      const project = projects[row] as P;
      const change = changes[column] as Change;
      const oddity = odd(project, change);
      const chance = noise(`${project.key}|${salt}|${change.from ?? ''}|${change.to ?? ''}`, NOISE);
      return oddity === null ? null : oddity * NOISE * NOISE + chance;
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
