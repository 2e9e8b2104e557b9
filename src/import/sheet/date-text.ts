import { isCivilDate } from '../../../events/formats.js';
import { foldText } from './cell-text.js';

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

/** The accepted forms of a date, for messages. */
export const ACCEPTED_DATES = `a date such as 2021-03-31, 31-03-2021 or '31 maart 2021'`;

const isoDate = (year: string, month: number, day: string): string | null => {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
};

/**
 * Parses a date in ISO notation or in Dutch order: the day first, with hyphens, slashes or dots, or with the month as a
 * word. Returns ISO form, or null. A year needs four digits: '21' could be a day too.
 */
export function parseDateText(text: string): string | null {
  const plain = foldText(text);
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (written) return isoDate(written[1] ?? '', Number(written[2]), written[3] ?? '');
  const dutch = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(plain);
  if (dutch) return isoDate(dutch[3] ?? '', Number(dutch[2]), dutch[1] ?? '');
  const delimiterNames = /^(\d{1,2})-?([a-z]+)\.?-?(\d{4})$/.exec(plain);
  const month = months.findIndex((names) => names.includes(delimiterNames?.[2] ?? ''));
  return delimiterNames && month >= 0 ? isoDate(delimiterNames[3] ?? '', month + 1, delimiterNames[1] ?? '') : null;
}
