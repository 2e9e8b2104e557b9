import { Temporal } from 'temporal-polyfill';

/** Today in a time zone, at an instant: time rule 6 fixes it once per request. */
export const todayIn = (zone: string, now: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();

/**
 * The last millisecond of a day in a zone, as a stored instant. Days with a change of the clock last 23 or 25 hours, so the
 * end is one millisecond before the next day's start.
 */
export const endOfDay = (date: string, zone: string): string =>
  new Date(
    Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).toInstant().epochMilliseconds - 1,
  ).toISOString();
