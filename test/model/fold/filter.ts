import { subjectOf, type Log, type Moment } from './log.js';
import { existingAt, isWithin, levelAt, nameAt, regionKeysOf } from './subjects.js';

/** The SubjectFilter of the API. */
export interface Filter {
  readonly keys?: readonly string[];
  readonly where?: readonly { readonly scale: string; readonly in: readonly string[] }[];
  readonly nameContains?: string;
  readonly careOffice?: readonly string[];
  readonly region?: readonly string[];
}

const isOneOf = (level: string | null, levels: readonly string[]): boolean => level !== null && levels.includes(level);

function passes(log: Log, stream: string, filter: Filter, moment: Moment): boolean {
  const { kind, key } = subjectOf(stream);
  const { keys, where = [], nameContains = '', careOffice, region } = filter;
  if (keys && !keys.includes(key)) return false;
  if (!nameAt(log, stream, moment).toLowerCase().includes(nameContains.toLowerCase())) return false;
  if (!where.every((predicate) => isOneOf(levelAt(log, stream, predicate.scale, moment), predicate.in))) return false;
  if (careOffice && !isOneOf(levelAt(log, stream, 'care-office', moment), careOffice)) return false;
  if (!region) return true;
  const places = kind === 'REGION' ? [key] : regionKeysOf(log, stream, moment);
  return places.some((place) => isWithin(log, place, region, moment));
}

/** The subjects that exist at a moment and pass the filter there, in order of registration. */
export const selected = (log: Log, kind: string, filter: Filter, moment: Moment): string[] =>
  existingAt(log, kind, moment).filter((stream) => passes(log, stream, filter, moment));
