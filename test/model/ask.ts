import * as fc from 'fast-check';
import { eventAt, type Log, type Moment } from './fold/log.js';
import { momentOf, type MomentRequest } from './fold/moments.js';
import { askedDates } from './histories/vocabulary.js';
import { TODAY } from './with-api.js';

/** Where to look at a history, before its length is known: a date, and a part of it in thousandths. */
export interface Look {
  readonly date: string;
  readonly part: number;
  readonly by: 'POSITION' | 'KNOWN_AT';
}

/** Often at the end: most of what went wrong before is still to be seen there. */
export const look: fc.Arbitrary<Look> = fc.record({
  date: fc.constantFrom(...askedDates),
  part: fc.oneof({ weight: 2, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: fc.constant(1000) }),
  by: fc.constantFrom('POSITION', 'POSITION', 'KNOWN_AT'),
});

/** The position that a look is at, or the instant at which the event there was recorded. */
export function requestIn(log: Log, { date, part, by }: Look): MomentRequest {
  const position = Math.round((part / 1000) * log.length);
  if (by === 'POSITION' || position === 0) return { asOf: date, position: String(position) };
  return { asOf: date, knownAt: eventAt(log, position).recordedAt };
}

export const momentIn = (log: Log, each: Look): Moment => momentOf(log, requestIn(log, each), TODAY);

/** The keys of all that was ever registered of a kind. */
export const everRegistered = (log: Log, type: 'RegionRegistered' | 'ProjectRegistered' | 'OrganisationRegistered') =>
  log.flatMap((event) => (event.type === type ? [event.data.key] : []));
