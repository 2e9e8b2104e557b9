import type { Lifetime } from '../../events/lifetime.js';
import type { Ordered } from '../../events/statement-order.js';

/** What the rules of time need to know of a version of a statement. */
export interface StatedLevel extends Ordered {
  readonly level: string;
}

/** A version with the interval on which it holds: [since, until), still so where until is null. */
export interface Interval<V extends StatedLevel> {
  readonly version: V;
  readonly since: string;
  readonly until: string | null;
}

/**
 * Time rule 3: the intervals on which the known versions of one cell (subject and scale) hold, oldest first, clipped to the
 * lifetime. A version that is outranked on its own date, or clipped away, holds nowhere.
 *
 * @param sorted the known versions in the order of `byDateThenRank`
 */
export function timelineOf<V extends StatedLevel>(sorted: readonly V[], lifetime: Lifetime): Interval<V>[] {
  const { registeredOn, retiredOn } = lifetime;
  if (registeredOn === null) return [];
  const intervals: Interval<V>[] = [];
  for (let index = 0; index < sorted.length; index += 1) {
    const version = sorted[index] as V;
    const next = sorted[index + 1]?.effectiveOn ?? null;
    if (next === version.effectiveOn) continue;
    const since = version.effectiveOn < registeredOn ? registeredOn : version.effectiveOn;
    const until = next === null || (retiredOn !== null && retiredOn < next) ? retiredOn : next;
    if (until === null || since < until) intervals.push({ version, since, until });
  }
  return intervals;
}
