import { isCivilDate } from '../../../events/formats.js';
import { folded } from './text.js';

const months: readonly (readonly string[])[] = [
  ['januari', 'jan', 'january'],
  ['februari', 'feb', 'february'],
  ['maart', 'mrt', 'mar', 'march'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'jun', 'june'],
  ['juli', 'jul', 'july'],
  ['augustus', 'aug', 'august'],
  ['september', 'sep', 'sept'],
  ['oktober', 'okt', 'oct', 'october'],
  ['november', 'nov'],
  ['december', 'dec'],
];

/** What a date may look like, for messages. */
export const ACCEPTED_DAYS = `a date such as 2021-03-31, 31-03-2021 or '31 maart 2021'`;

const iso = (year: string, month: number, day: string): string | null => {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
};

/**
 * A date in ISO notation, or as it is written in Dutch: the day first, with hyphens, slashes or dots, or with the month as
 * a word. A year has four digits: '21' could be a day too.
 */
export function parseDay(text: string): string | null {
  const plain = folded(text);
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (written) return iso(written[1] ?? '', Number(written[2]), written[3] ?? '');
  const dutch = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain);
  if (dutch) return iso(dutch[3] ?? '', Number(dutch[2]), dutch[1] ?? '');
  const inWords = /^(\d{1,2})-?([a-z]+)\.?-?(\d{4})$/.exec(plain);
  const month = months.findIndex((names) => names.includes(inWords?.[2] ?? ''));
  return inWords && month >= 0 ? iso(inWords[3] ?? '', month + 1, inWords[1] ?? '') : null;
}
