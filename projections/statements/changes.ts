import type { StatedLevel, Interval } from './timeline.js';

export type Direction = 'ENTER' | 'ADVANCE' | 'REGRESS' | 'LATERAL' | 'LEAVE';

/** Two neighbours of a known timeline between which the level changes, or its first entry (time rule 4). */
export interface Change<V extends StatedLevel> {
  readonly from: Interval<V> | null;
  readonly to: Interval<V>;
  /** The first date of the new level. */
  readonly effectiveOn: string;
  /** The last effective date at which the old level was stated: the real change lies after it. */
  readonly changedAfter: string | null;
}

/** Time rule 4: the changes of a known timeline, oldest first. Neighbouring statements of equal level are no change. */
export function changesOf<V extends StatedLevel>(timeline: readonly Interval<V>[]): Change<V>[] {
  const changes: Change<V>[] = [];
  let from: Interval<V> | null = null;
  for (const to of timeline) {
    if (from?.version.level !== to.version.level) {
      changes.push({ from, to, effectiveOn: to.since, changedAfter: from?.version.effectiveOn ?? null });
    }
    from = to;
  }
  return changes;
}

/** The order of a scale's levels: null for a nominal scale, which has none. */
export type LevelOrder = ReadonlyMap<string, number> | null;

export function directionOf(from: string | null, to: string | null, order: LevelOrder): Direction {
  if (from === null) return 'ENTER';
  if (to === null) return 'LEAVE';
  const [before, after] = [order?.get(from), order?.get(to)];
  if (before === undefined || after === undefined || before === after) return 'LATERAL';
  return after > before ? 'ADVANCE' : 'REGRESS';
}
