import type { SheetValue } from '../sheet/sheet.js';
import { foldText, cellText } from '../sheet/cell-text.js';
import { ok, refuse, type Result } from './result.js';
import type { KnownScale } from './reference-data.js';

/** "1 (Voorbereidingsfase), 2 (Inventarisatiefase)": everything that a scale accepts, once each. */
const accepted = ({ kind, levels }: KnownScale): string =>
  levels
    .map(({ key, label }, index) => {
      const rank = kind === 'ORDINAL' && key !== String(index + 1) ? `${index + 1}, ` : '';
      return `'${key}' (${rank}${label.nl}${label.en === null || label.en === label.nl ? '' : `, ${label.en}`})`;
    })
    .join('; ');

/** Finds levels of a scale by key, by Dutch or English label and, where levels have an order of rank, by that. */
export function newLevelParser(scale: KnownScale): (value: SheetValue) => Result<string> {
  const exact = new Set(scale.levels.map(({ key }) => key));
  const byText = new Map<string, string>();
  // What comes later gives way to what is there: a key before a label, and both before a rank.
  const add = (text: string, key: string): void => void (byText.has(text) || byText.set(text, key));
  for (const { key } of scale.levels) add(foldText(key), key);
  for (const { key, label } of scale.levels)
    for (const text of [label.nl, label.en]) if (text !== null) add(foldText(text), key);
  if (scale.kind === 'ORDINAL') for (const [index, { key }] of scale.levels.entries()) add(String(index + 1), key);

  return (value) => {
    const text = cellText(value);
    if (value !== null && typeof value === 'object' && 'date' in value) {
      return refuse(
        'UNKNOWN_LEVEL',
        `The cell holds the date ${value.date}. Spreadsheet programs make dates of texts such as '1-3': format the column as text and fill it in again. Accepted are ${accepted(scale)}.`,
      );
    }
    const key = exact.has(text) ? text : byText.get(foldText(text));
    return key === undefined ? refuse('UNKNOWN_LEVEL', `Accepted are ${accepted(scale)}.`) : ok(key);
  };
}
