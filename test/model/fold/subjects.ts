import { eventAt, streamOf, subjectOf, type Log, type Moment } from './log.js';
import { knownOf } from './statements.js';
import { exists, holding, latest, lifetimeAt, timelineAt } from './timeline.js';

/** The streams of the subjects of a kind whose registration is known, in order of registration. */
export function registeredAt(log: Log, kind: string, position: number): string[] {
  const streams = new Set<string>();
  for (let now = 1; now <= position; now += 1) {
    const { type, stream } = eventAt(log, now);
    if (type.endsWith('Registered') && subjectOf(stream).kind === kind) streams.add(stream);
  }
  return [...streams].filter((stream) => lifetimeAt(log, stream, position).registration !== null);
}

export const existingAt = (log: Log, kind: string, moment: Moment): string[] =>
  registeredAt(log, kind, moment.position).filter((stream) => exists(log, stream, moment));

/**
 * A name is shown of whatever is known, also on dates outside its lifetime: the one in effect, before the first one that
 * first one, and where there is none at all the key.
 */
export function nameAt(log: Log, stream: string, { asOf, position }: Moment): string {
  const names = knownOf(log, stream, 'name', position);
  const first = names.map(({ effectiveOn }) => effectiveOn).sort()[0] ?? asOf;
  return (latest(names, asOf) ?? latest(names, first))?.level ?? subjectOf(stream).key;
}

/** The names borne before the one at the moment, oldest first. */
export function formerNames(log: Log, stream: string, moment: Moment): string[] {
  const current = nameAt(log, stream, moment);
  const borne = timelineAt(log, stream, 'name', moment.position)
    .filter(({ since }) => since <= moment.asOf)
    .map(({ version }) => version.level);
  return [...new Set(borne)].filter((name) => name !== current);
}

export const levelAt = (log: Log, stream: string, scale: string, moment: Moment): string | null =>
  holding(log, stream, scale, moment)?.level ?? null;

/** The stream of the subject that a statement names by its key, if its registration is known. */
export function namedAt(log: Log, stream: string, scale: string, kind: string, moment: Moment): string | null {
  const key = levelAt(log, stream, scale, moment);
  if (key === null) return null;
  const named = streamOf(kind, key);
  return registeredAt(log, kind, moment.position).includes(named) ? named : null;
}

export const subregionsOf = (log: Log, key: string, moment: Moment): string[] =>
  existingAt(log, 'REGION', moment).filter((stream) => levelAt(log, stream, 'parent', moment) === key);

export const regionKeysOf = (log: Log, project: string, moment: Moment): string[] =>
  (levelAt(log, project, 'regions', moment) ?? '').split(',').filter((key) => key !== '');

/** Whether a region is among these or directly below one of them. */
export const isWithin = (log: Log, region: string, regions: readonly string[], moment: Moment): boolean => {
  const parent = levelAt(log, streamOf('REGION', region), 'parent', moment);
  return regions.includes(region) || (parent !== null && regions.includes(parent));
};

/** What a project is about: the latest that is known of it, whatever the date. */
export function summaryAt(log: Log, stream: string, position: number): string | null {
  let summary: string | null = null;
  for (const event of log.slice(0, position)) {
    if (event.stream !== stream) continue;
    if (event.type === 'ProjectRegistered' || event.type === 'ProjectSummarised') summary = event.data.summary;
  }
  return summary;
}
