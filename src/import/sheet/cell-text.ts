import type { SheetValue } from './sheet.js';

/** Zero-width characters, which copying from web pages and documents leaves behind. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g;

/** The text without invisible characters and surrounding space, with each run of spaces of any kind as one space. */
export const normalizeText = (text: string): string =>
  text.replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim().normalize('NFC');

/** A form for comparing: equal for texts that differ only in case, in spaces and in the shape of apostrophes and hyphens. */
export const foldText = (text: string): string =>
  normalizeText(text)
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02BC`\u00B4]/g, "'")
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(' ', '');

/** An apostrophe that keeps spreadsheet programs from reading the text as a formula. Exports write it. */
const FORMULA_GUARD = /^'(?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** The cell as text; empty where it holds nothing. Dates are in ISO form. */
export function cellText(value: SheetValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return normalizeText(value).replace(FORMULA_GUARD, '');
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value == null ? '' : 'date' in value ? value.date : value.fault;
  }
}

export const isEmptyCell = (value: SheetValue | undefined): boolean =>
  value == null || (typeof value === 'string' && normalizeText(value) === '');
