import type { DatedChange } from '../fold/changes.js';
import { eventAt, streamOf, subjectOf, type Log, type Moment } from '../fold/log.js';
import { levelRank, scaleAt } from '../fold/scales.js';
import type { Version } from '../fold/statements.js';
import { nameAt, registeredAt } from '../fold/subjects.js';
import type { Entry } from '../fold/timeline.js';

/** The fold's answers in the form of the API's: each fragment stands beside the function that fills it. */

export const momentFields = `
  fragment momentFields on Moment {
    asOf knownAt position period { key } asPublished immutable beforeFirstEvent recordedAtStated
  }`;

export const levelFields = 'fragment levelFields on Level { key rank label }';

const nameOf = (log: Log, kind: string, key: string, moment: Moment): string =>
  registeredAt(log, kind, moment.position).includes(streamOf(kind, key))
    ? nameAt(log, streamOf(kind, key), moment)
    : key;

/** Labels are read as at the position; values that are keys of subjects are shown under the names of those. */
function labelOf(log: Log, scale: string, level: string, moment: Moment): string {
  switch (scale) {
    case 'existence':
      return level === 'registered' ? 'Geregistreerd' : 'Opgeheven';
    case 'name':
      return level;
    case 'care-office':
      return nameOf(log, 'ORGANISATION', level, moment);
    case 'parent':
    case 'regions':
      return level
        .split(',')
        .map((key) => nameOf(log, 'REGION', key, moment))
        .join(', ');
    default:
      return scaleAt(log, scale, moment.position)?.levels.find(({ key }) => key === level)?.label.nl ?? level;
  }
}

export const shownLevel = (log: Log, scale: string, level: string, moment: Moment) => ({
  key: level,
  rank: levelRank(log, scale, level, moment.position),
  label: labelOf(log, scale, level, moment),
});

export const statusFields = `
  fragment statusFields on Status {
    scale { key } level { ...levelFields } since until recordedAt recordedBy { id } basis
    evidence { title locator url } event { position }
  }`;

export const shownStatus = (log: Log, { version, since, until }: Entry, moment: Moment) => ({
  scale: { key: version.scale },
  level: shownLevel(log, version.scale, version.level, moment),
  since,
  until,
  recordedAt: version.event.recordedAt,
  recordedBy: { id: version.event.actor },
  basis: version.basis,
  evidence: version.evidence,
  event: { position: String(version.event.position) },
});

export const changeFields = `
  fragment changeFields on StatusChange {
    subject { key } scale { key } from { ...levelFields } to { ...levelFields } direction effectiveOn changedAfter
    knownFrom recordedBy { id } basis reason evidence { title locator url } event { position }
    supersededAt supersededBy { position }
  }`;

export function shownChange(log: Log, change: DatedChange, moment: Moment) {
  const { stream, scale, from, to, ending, born, supersededBy } = change;
  const levelOf = (version: Version | null) => version && shownLevel(log, scale, version.level, moment);
  return {
    subject: { key: subjectOf(stream).key },
    scale: { key: scale },
    from: levelOf(from),
    to: levelOf(to),
    direction: change.direction,
    effectiveOn: change.effectiveOn,
    changedAfter: change.changedAfter,
    knownFrom: eventAt(log, born).recordedAt,
    recordedBy: { id: ending.event.actor },
    basis: to?.basis ?? null,
    reason: ending.reason,
    evidence: ending.evidence,
    event: { position: String(ending.event.position) },
    supersededAt: supersededBy === null ? null : eventAt(log, supersededBy).recordedAt,
    supersededBy: supersededBy === null ? null : { position: String(supersededBy) },
  };
}

export const keysOf = (streams: readonly string[]) => streams.map((stream) => ({ key: subjectOf(stream).key }));
