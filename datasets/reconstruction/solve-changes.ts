import { levelKeys } from '../vocabulary/projects.js';
import { allocate, type Margin } from './allocate.js';
import { effort, weigh } from './change-effort.js';
import type { ChangingScale, ProjectPeriod } from './types.js';

/** A number of projects with the same levels in March and October; null is newcomer or unassessed. */
export interface Change {
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
}

export interface ChangeQuestion {
  readonly scale: ChangingScale;
  /** How many projects should have the level in the period. */
  readonly wanted: (period: ProjectPeriod, level: string) => number;
  readonly registered: number;
  readonly newcomers: number;
  /** The most projects that can have the level in March, where that is bounded. */
  readonly maxInMarch?: (level: string) => number | undefined;
}

/** Only participation has fewer published figures than projects: the rest of them is unassessed, not invented. */
const unassessed = (scale: ChangingScale): (string | null)[] => (scale === 'participation' ? [null] : []);

/**
 * The fewest and smallest changes from March to October that give both periods the numbers wanted, for the projects
 * registered by March and for the newcomers.
 */
export function solveChanges({ scale, wanted, registered, newcomers, maxInMarch }: ChangeQuestion): {
  readonly registered: readonly Change[];
  readonly newcomers: readonly Change[];
} {
  const total = registered + newcomers;
  const levels = levelKeys(scale);
  const states = [...levels, ...unassessed(scale)];
  const margin = (period: ProjectPeriod, count: number, level: string | null): Margin => {
    if (level !== null) return { wanted: Math.max(0, wanted(period, level)) };
    return {
      wanted: Math.max(
        0,
        levels.reduce((rest, each) => rest - wanted(period, each), count),
      ),
    };
  };
  const march = states.map((level): Margin => {
    const most = level === null ? undefined : maxInMarch?.(level);
    return { ...margin('2020-03', registered, level), ...(most === undefined ? {} : { most }) };
  });
  const from = [...states, null];
  const cells = allocate({
    fixed: [{ row: states.length, count: newcomers }],
    rows: [...march, { wanted: 0, most: 0 }],
    columns: states.map((level) => margin('2020-10', total, level)),
    cost: (row, column) => {
      const taken = effort(scale, from[row] ?? null, states[column] ?? null);
      return taken === null ? null : weigh(taken, total);
    },
    total,
  });
  const changesOf = (row: number): Change[] =>
    states
      .map((to, column) => ({ from: from[row] ?? null, to, count: cells[row]?.[column] ?? 0 }))
      .filter(({ count }) => count > 0);
  return { registered: states.flatMap((_, row) => changesOf(row)), newcomers: changesOf(states.length) };
}
