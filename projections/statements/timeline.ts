import { existence } from '../../events/reserved-scales.js';

/** What the rules of time need to know of a version of a statement. */
export interface Dated {
  readonly effectiveOn: string;
  /** Position of the statement's first version. */
  readonly rank: number;
  readonly level: string;
}

/** When a subject exists: [registeredOn, retiredOn). Null where nothing known says so. */
export interface Lifetime {
  readonly registeredOn: string | null;
  readonly retiredOn: string | null;
}

/** A version with the interval on which it holds: [since, until), still so where until is null. */
export interface Interval<V extends Dated> {
  readonly version: V;
  readonly since: string;
  readonly until: string | null;
}

const earliest = (dates: readonly string[]): string | null =>
  dates.reduce<string | null>((first, date) => (first === null || date < first ? date : first), null);

/** The lifetime that the known statements on scale `existence` give: the first registration to the first retirement. */
export function lifetimeOf(known: Iterable<Dated>): Lifetime {
  const registered: string[] = [];
  const retired: string[] = [];
  for (const { level, effectiveOn } of known) (level === existence.registered ? registered : retired).push(effectiveOn);
  return { registeredOn: earliest(registered), retiredOn: earliest(retired) };
}

/** Rule 5: the subject exists at a date in its lifetime. */
export const existsOn = ({ registeredOn, retiredOn }: Lifetime, date: string): boolean =>
  registeredOn !== null && registeredOn <= date && (retiredOn === null || date < retiredOn);

/** Rule 2's order: by effective date, statements on one date by rank. */
export const byDateThenRank = (a: Dated, b: Dated): number =>
  a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.rank - b.rank;

/**
 * Rule 3: the intervals on which the known versions of one cell (subject and scale) hold, oldest first, clipped to the
 * lifetime. A version that is outranked on its own date, or clipped away, holds nowhere.
 *
 * @param sorted the known versions in the order of `byDateThenRank`
 */
export function timelineOf<V extends Dated>(sorted: readonly V[], lifetime: Lifetime): Interval<V>[] {
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
