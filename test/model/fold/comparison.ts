import { directionAt, standingAt, type Change, type Direction } from './changes.js';
import { inScope } from './counts.js';
import type { Filter } from './filter.js';
import type { Log, Moment } from './log.js';

/** A subject's level at both moments, and at the first date as known at the second; null where it is absent. */
export interface Compared {
  readonly stream: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly restated: string | null;
  /** Null where the levels are equal. */
  readonly direction: Direction | null;
}

/** Rule 13. The filter is judged at each of the three moments; whoever does not pass it is absent there. */
export function compared(log: Log, kind: string, scale: string, filter: Filter, from: Moment, to: Moment): Compared[] {
  const levelsAt = (moment: Moment) =>
    new Map(inScope(log, kind, filter, [scale], moment).map(({ stream, on }) => [stream, on[0]?.level ?? null]));
  const [before, after] = [levelsAt(from), levelsAt(to)];
  const restated = levelsAt({ asOf: from.asOf, position: to.position });
  const latest = Math.max(from.position, to.position);
  return [...new Set([...before.keys(), ...after.keys(), ...restated.keys()])].map((stream) => {
    const [one, two] = [before.get(stream) ?? null, after.get(stream) ?? null];
    const direction = one === two ? null : directionAt(log, scale, one, two, latest);
    return { stream, from: one, to: two, restated: restated.get(stream) ?? null, direction };
  });
}

/** The changes between the two dates, whichever comes first, as known at the second moment. */
export function steps(log: Log, stream: string, scale: string, from: Moment, to: Moment): Change[] {
  const [first, last] = [from.asOf, to.asOf].sort() as [string, string];
  return standingAt(log, stream, scale, to.position).filter(
    ({ effectiveOn }) => first < effectiveOn && effectiveOn <= last,
  );
}
