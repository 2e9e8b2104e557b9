/** Spreadsheet programs go to XFD1048576. */
const MAX_COLUMN_COUNT = 16_384;
const MAX_ROW_COUNT = 1_048_576;

/** The place of a cell: its row counted from 1 as spreadsheet programs do, its column from 0. */
export interface CellReference {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells, both corners included. */
export interface CellRange {
  readonly first: CellReference;
  readonly last: CellReference;
}

export const isRowNumber = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= MAX_ROW_COUNT;

export const isColumnIndex = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < MAX_COLUMN_COUNT;

/** 0 is 'A', 26 is 'AA'. */
export function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

/** 'C17', or '$C$17'. Null for anything that is not the name of a cell. */
export function parseCellReference(text: string): CellReference | null {
  const [, letters, digits] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(text) ?? [];
  if (letters === undefined || digits === undefined) return null;
  let columnNumber = 0;
  for (const letter of letters.toUpperCase()) columnNumber = columnNumber * 26 + letter.charCodeAt(0) - 64;
  const reference = { row: Number(digits), column: columnNumber - 1 };
  return isRowNumber(reference.row) && isColumnIndex(reference.column) ? reference : null;
}

/** 'A1:B2', or 'A1' for a range of one cell. Null for anything else. */
export function parseCellRange(text: string): CellRange | null {
  const [from = '', to = from, ...more] = text.split(':');
  const [first, last] = [parseCellReference(from), parseCellReference(to)];
  return first && last && more.length === 0 ? { first, last } : null;
}
