import { ClockBehindError } from './errors.js';

/** How far the last event may lie ahead of this machine's clock, because clocks of machines differ. */
const MAX_CLOCK_LEAD_MS = 5000;

/** The two instants that one append gives to all its events. */
export interface AppendTimes {
  readonly recordedAt: string;
  readonly appendedAt: string;
}

/**
 * Time rule 7: recorded time never decreases along the log, whatever the clock does.
 * @throws {ClockBehindError} when the last event lies more than five seconds ahead of the clock.
 */
export function timesOfAppend(clock: Date, lastRecordedAt: string | null): AppendTimes {
  const appendedAt = clock.toISOString();
  if (lastRecordedAt === null || lastRecordedAt <= appendedAt) return { recordedAt: appendedAt, appendedAt };
  if (Date.parse(lastRecordedAt) - clock.getTime() > MAX_CLOCK_LEAD_MS)
    throw new ClockBehindError(lastRecordedAt, appendedAt);
  return { recordedAt: lastRecordedAt, appendedAt };
}
