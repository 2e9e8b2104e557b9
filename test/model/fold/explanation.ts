import type { Log, Moment } from './log.js';
import { knownOf, statementsAt, type Version } from './statements.js';
import { holding, lifetimeAt } from './timeline.js';

export type Absence = 'NOT_REGISTERED' | 'RETIRED' | 'WITHDRAWN' | 'BEFORE_FIRST_STATUS' | 'NOT_STATED';

/** Why nothing holds: the first reason that applies. Null where something does. */
export function absence(log: Log, stream: string, scale: string, moment: Moment): Absence | null {
  const { asOf, position } = moment;
  if (holding(log, stream, scale, moment)) return null;
  const { registration, retirement } = lifetimeAt(log, stream, position);
  if (!registration || asOf < registration.effectiveOn) return 'NOT_REGISTERED';
  if (retirement && retirement.effectiveOn <= asOf) return 'RETIRED';
  const withdrawn = statementsAt(log, position).ended.filter(
    ({ by, version }) => by === 'WITHDRAWAL' && version.stream === stream && version.scale === scale,
  );
  if (withdrawn.some(({ version }) => version.effectiveOn <= asOf)) return 'WITHDRAWN';
  return knownOf(log, stream, scale, position).length > 0 ? 'BEFORE_FIRST_STATUS' : 'NOT_STATED';
}

/** Every version that held on the date at some position up to the moment's, newest first. */
export function everHeld(log: Log, stream: string, scale: string, { asOf, position }: Moment): Version[] {
  const held = new Set<Version>();
  for (let now = 1; now <= position; now += 1) {
    const version = holding(log, stream, scale, { asOf, position: now });
    if (version) held.add(version);
  }
  return [...held].sort((a, b) => b.event.position - a.event.position);
}

/** How a version ended, as far as the position knows. */
export const endOf = (log: Log, version: Version, position: number) =>
  statementsAt(log, position).ended.find((each) => each.version === version) ?? null;
