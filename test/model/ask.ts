import * as fc from 'fast-check';
import type { Log, Moment } from './fold/log.js';
import type { MomentRequest } from './fold/moments.js';
import { askedDates } from './histories/vocabulary.js';

/** Where to look at a history, before its length is known: a date, and a part of it in thousandths. */
export interface Look {
  readonly date: string;
  readonly part: number;
}

/** Often at the end: most of what went wrong before is still to be seen there. */
export const look: fc.Arbitrary<Look> = fc.record({
  date: fc.constantFrom(...askedDates),
  part: fc.oneof({ weight: 2, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: fc.constant(1000) }),
});

export const momentIn = (log: Log, { date, part }: Look): Moment => ({
  asOf: date,
  position: Math.round((part / 1000) * log.length),
});

export const pinned = ({ asOf, position }: Moment): MomentRequest => ({ asOf, position: String(position) });

/** The keys of all that was ever registered of a kind. */
export const everRegistered = (log: Log, type: 'RegionRegistered' | 'ProjectRegistered' | 'OrganisationRegistered') =>
  log.flatMap((event) => (event.type === type ? [event.data.key] : []));
