import type { Point } from '../point.js';
import { existsOn } from '../../events/lifetime.js';
import { lifetimeAt, timelineAt, type SubjectHistory } from './queries/history.js';
import { knownOf, type StatementVersion } from './queries/versions.js';

export type Absence = 'NOT_REGISTERED' | 'RETIRED' | 'WITHDRAWN' | 'BEFORE_FIRST_STATUS' | 'NOT_STATED';

/** Why a cell has no status at a point: the first reason that applies. Null where it has one. */
export function absenceAt(history: SubjectHistory, scale: string, { asOf, position }: Point): Absence | null {
  const lifetime = lifetimeAt(history, position);
  if (lifetime.registeredOn === null || asOf < lifetime.registeredOn) return 'NOT_REGISTERED';
  if (!existsOn(lifetime, asOf)) return 'RETIRED';
  const versions = history.versionsOn(scale);
  const known = knownOf(versions, position);
  if (known.some(({ effectiveOn }) => effectiveOn <= asOf)) return null;
  if (versions.some((version) => version.endedBy === 'WITHDRAWAL' && version.effectiveOn <= asOf)) return 'WITHDRAWN';
  return known.length > 0 ? 'BEFORE_FIRST_STATUS' : 'NOT_STATED';
}

/**
 * Every version that governed the cell on this date at some time up to the position, newest knowledge first. What governs
 * can only change where something about the cell or the lifetime became known or ended, so only there is it looked up.
 */
export function everGoverned(history: SubjectHistory, scale: string, { asOf, position }: Point): StatementVersion[] {
  const versions = history.versionsOn(scale);
  const positions = new Set(
    [...versions, ...history.existence].flatMap((v) => [v.position, v.endedAtPosition ?? v.position]),
  );
  const governed = new Set<StatementVersion>();
  for (const candidate of positions) {
    if (candidate > position) continue;
    const holding = governingAt(history, scale, { asOf, position: candidate });
    if (holding) governed.add(holding);
  }
  return [...governed].sort((a, b) => b.position - a.position);
}

function governingAt(history: SubjectHistory, scale: string, { asOf, position }: Point): StatementVersion | null {
  const interval = timelineAt(history, scale, position).find(
    ({ since, until }) => since <= asOf && (until === null || asOf < until),
  );
  return interval?.version ?? null;
}
