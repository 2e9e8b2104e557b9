import type { SheetValue } from './sheet.js';

/** Zero-width characters, which copying from web pages and documents leaves behind. */
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF\u00AD]/g;

/** A text as it is meant: no space around it, one within, whatever kind of space it was. */
export const tidy = (text: string): string =>
  text.replaceAll(INVISIBLE, '').replaceAll(/\s+/g, ' ').trim().normalize('NFC');

/** Equal for texts that differ only in case, in spaces and in the shape of apostrophes and hyphens. */
export const folded = (text: string): string =>
  tidy(text)
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02BC`\u00B4]/g, "'")
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(' ', '');

/** What guards a text against being taken for a formula, in files of ours and of others. */
const GUARD = /^'(?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** The cell as text; empty where it holds nothing. A day is shown in ISO form. */
export function textOf(value: SheetValue | undefined): string {
  switch (typeof value) {
    case 'string':
      return tidy(value).replace(GUARD, '');
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value == null ? '' : 'day' in value ? value.day : value.fault;
  }
}

export const isEmpty = (value: SheetValue | undefined): boolean =>
  value == null || (typeof value === 'string' && tidy(value) === '');
