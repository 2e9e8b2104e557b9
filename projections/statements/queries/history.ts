import type { StatusView } from './statuses.js';
import { knownOf, type StatementVersion } from './versions.js';
import { lifetimeOf, type Lifetime } from '../../../events/lifetime.js';
import { byDateThenRank } from '../../../events/statement-order.js';
import { timelineOf, type Interval } from '../timeline.js';

/** All that was ever said about one subject by a position, ready to be asked about. */
export interface SubjectHistory {
  /** Versions on scale `existence`, ended ones included. */
  readonly existence: readonly StatementVersion[];
  versionsOn(scale: string): readonly StatementVersion[];
  readonly scales: readonly string[];
}

export function historyOf(versions: readonly StatementVersion[]): SubjectHistory {
  const byScale = Map.groupBy(versions, (version) => version.scale);
  return {
    existence: byScale.get('existence') ?? [],
    versionsOn: (scale) => byScale.get(scale) ?? [],
    scales: [...byScale.keys()],
  };
}

export const lifetimeAt = (history: SubjectHistory, position: number): Lifetime =>
  lifetimeOf(knownOf(history.existence, position));

/** The timeline of one scale as known at a position: every interval, not cut at any date. */
export const timelineAt = (history: SubjectHistory, scale: string, position: number): Interval<StatementVersion>[] =>
  timelineOf(knownOf(history.versionsOn(scale), position).sort(byDateThenRank), lifetimeAt(history, position));

export const statusOfInterval = ({ version, since, until }: Interval<StatementVersion>): StatusView => ({
  subject: version.subject,
  scale: version.scale,
  level: version.level,
  since,
  until,
  basis: version.basis,
  evidence: version.evidence,
  recordedAt: version.recordedAt,
  actor: version.actor,
  position: version.position,
});
