import type { Log, Moment } from './log.js';
import { knownOf, type Version } from './statements.js';

export interface Lifetime {
  readonly registration: Version | null;
  readonly retirement: Version | null;
}

const atMostOne = (versions: readonly Version[]): Version | null => {
  if (versions.length > 1) throw new Error('A subject is registered once, and retired once.');
  return versions[0] ?? null;
};

export function lifetimeAt(log: Log, stream: string, position: number): Lifetime {
  const known = knownOf(log, stream, 'existence', position);
  return {
    registration: atMostOne(known.filter(({ level }) => level === 'registered')),
    retirement: atMostOne(known.filter(({ level }) => level === 'retired')),
  };
}

/** Rule 5: its registration is known and the date lies in [registeredOn, retiredOn). */
export function exists(log: Log, stream: string, { asOf, position }: Moment): boolean {
  const { registration, retirement } = lifetimeAt(log, stream, position);
  if (!registration || asOf < registration.effectiveOn) return false;
  return !retirement || asOf < retirement.effectiveOn;
}

/** Of statements that take effect by a date, the one that rule 2 lets hold, whatever the lifetime. */
export function latest(versions: readonly Version[], date: string): Version | null {
  let best: Version | null = null;
  for (const version of versions) {
    if (version.effectiveOn > date) continue;
    const wins =
      !best ||
      version.effectiveOn > best.effectiveOn ||
      (version.effectiveOn === best.effectiveOn && version.first > best.first);
    if (wins) best = version;
  }
  return best;
}

/** Rules 2 and 3: the version that holds at a moment. */
export const holding = (log: Log, stream: string, scale: string, moment: Moment): Version | null =>
  exists(log, stream, moment) ? latest(knownOf(log, stream, scale, moment.position), moment.asOf) : null;

/** A version with the days on which it holds: [since, until). */
export interface Entry {
  readonly version: Version;
  readonly since: string;
  readonly until: string | null;
}

/**
 * Rule 3, by asking rule 2 day by day: what holds can change on days on which a statement takes effect or the lifetime
 * begins or ends, and on no other.
 */
export function timelineAt(log: Log, stream: string, scale: string, position: number): Entry[] {
  const { registration, retirement } = lifetimeAt(log, stream, position);
  const turning = [...knownOf(log, stream, scale, position), registration, retirement];
  const days = [...new Set(turning.flatMap((version) => version?.effectiveOn ?? []))].sort();
  const entries: Entry[] = [];
  let before: Version | null = null;
  for (const day of days) {
    const now = holding(log, stream, scale, { asOf: day, position });
    if (now === before) continue;
    if (before) entries.push({ ...(entries.pop() as Entry), until: day });
    if (now) entries.push({ version: now, since: day, until: null });
    before = now;
  }
  return entries;
}

/** The entry of the timeline in which a date lies. */
export const statusAt = (log: Log, stream: string, scale: string, { asOf, position }: Moment): Entry | null =>
  timelineAt(log, stream, scale, position).find(
    ({ since, until }) => since <= asOf && (until === null || asOf < until),
  ) ?? null;
