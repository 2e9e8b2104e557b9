import type { Log } from './log.js';
import { levelRank } from './scales.js';
import type { Version } from './statements.js';
import { lifetimeAt, timelineAt } from './timeline.js';

export type Direction = 'ENTER' | 'ADVANCE' | 'REGRESS' | 'LATERAL' | 'LEAVE';

/** Rule 4: two neighbouring versions whose levels differ, the first one, or the last one and the retirement. */
export interface Change {
  readonly stream: string;
  readonly scale: string;
  readonly from: Version | null;
  /** Null for LEAVE. */
  readonly to: Version | null;
  /** `to`, or the retirement. */
  readonly ending: Version;
  readonly effectiveOn: string;
  readonly changedAfter: string | null;
  readonly direction: Direction;
}

/** A change with the positions by which it came to stand, and ceased to. */
export interface DatedChange extends Change {
  readonly born: number;
  readonly supersededBy: number | null;
}

export function directionAt(
  log: Log,
  scale: string,
  from: string | null,
  to: string | null,
  position: number,
): Direction {
  if (from === null) return 'ENTER';
  if (to === null) return 'LEAVE';
  const [before, after] = [levelRank(log, scale, from, position), levelRank(log, scale, to, position)];
  if (before === null || after === null) return 'LATERAL';
  return after > before ? 'ADVANCE' : 'REGRESS';
}

/** The changes of the timeline as known at a position. */
export function standingAt(log: Log, stream: string, scale: string, position: number): Change[] {
  const timeline = timelineAt(log, stream, scale, position);
  const { retirement } = lifetimeAt(log, stream, position);
  const change = (from: Version | null, to: Version | null, ending: Version, effectiveOn: string): Change => ({
    stream,
    scale,
    from,
    to,
    ending,
    effectiveOn,
    changedAfter: from?.effectiveOn ?? null,
    direction: directionAt(log, scale, from?.level ?? null, to?.level ?? null, position),
  });
  const changes: Change[] = [];
  for (const [index, { version, since }] of timeline.entries()) {
    const before = timeline[index - 1]?.version ?? null;
    if (before?.level !== version.level) changes.push(change(before, version, version, since));
  }
  const last = timeline.at(-1);
  if (last && retirement) changes.push(change(last.version, null, retirement, retirement.effectiveOn));
  return changes;
}

const same = (a: Change, b: Change): boolean =>
  a.from === b.from && a.to === b.to && a.ending === b.ending && a.effectiveOn === b.effectiveOn;

/** Every change that ever stood by a position, by looking at the timeline after every event. */
export function changesBy(log: Log, stream: string, scale: string, position: number): DatedChange[] {
  let changes: DatedChange[] = [];
  for (let now = 1; now <= position; now += 1) {
    const standing = standingAt(log, stream, scale, now);
    const stands = (change: Change) => standing.some((each) => same(each, change));
    const stood = changes.filter(({ supersededBy }) => supersededBy === null);
    changes = changes.map((change) =>
      change.supersededBy === null && !stands(change) ? { ...change, supersededBy: now } : change,
    );
    const fresh = standing.filter((change) => !stood.some((each) => same(each, change)));
    changes.push(...fresh.map((change) => ({ ...change, born: now, supersededBy: null })));
  }
  return changes;
}
