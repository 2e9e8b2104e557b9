/** The string formats that the event schemas use. */

const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(2000, month, 0)).getUTCDate() - (month === 2 && !isLeap(year) ? 1 : 0);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** 'YYYY-MM-DD' of a day that the calendar has, from year 1 on. */
export function isCivilDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
export const isPartialDate = (text: string): boolean =>
  /^\d{4}(-\d{2}){0,2}$/.test(text) && isCivilDate(`${text}${'-01'.repeat((10 - text.length) / 3)}`);

/** 'YYYY-MM-DDTHH:MM:SS.sssZ', no other spelling: stored instants compare as text. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;

/** RFC 9562 version 7, lower case. */
export const isUuidV7 = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);

/** An http or https address: evidence is shown as a link, and no other scheme belongs in one. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && text.length <= 2000 && URL.canParse(text);
}
