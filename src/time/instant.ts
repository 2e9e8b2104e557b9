import { isCivilDate } from '../../events/formats.js';

/** An RFC 3339 instant with an explicit offset and at most milliseconds (time rule 6). */
const rfc3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/i;

export type ParsedInstant = { readonly instant: string } | { readonly problem: string };

/** Reads an instant into its stored form, UTC with milliseconds. A reading that loses nothing, or a problem that says what is accepted. */
export function parseInstant(text: string): ParsedInstant {
  const accepted = `Write an RFC 3339 instant with an offset and at most milliseconds, such as 2021-01-15T23:59:59.999+01:00`;
  const match = rfc3339.exec(text);
  if (!match) return { problem: `'${text}' is not an instant. ${accepted}.` };
  const [, date = '', hour, minute, second, , offset = ''] = match;
  const inRange =
    isCivilDate(date) && Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 59 && offsetInRange(offset);
  if (!inRange) return { problem: `'${text}' names a date, a time or an offset that does not exist. ${accepted}.` };
  const time = new Date(text.toUpperCase());
  // Four digits of year: stored instants compare as text.
  if (time.getUTCFullYear() < 1 || time.getUTCFullYear() > 9999)
    return { problem: `'${text}' lies outside years 1 to 9999 UTC.` };
  return { instant: time.toISOString() };
}

const offsetInRange = (offset: string): boolean =>
  offset.toUpperCase() === 'Z' || (Number(offset.slice(1, 3)) <= 23 && Number(offset.slice(4)) <= 59);
