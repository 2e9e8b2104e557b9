/** A day as a spreadsheet program keeps it: a number that is shown as a date. */
export interface DayCell {
  readonly day: string;
}

/** A cell that has no value to be read: '#REF!', or a formula that was never calculated. In words, as part of a sentence. */
export interface FaultyCell {
  readonly fault: string;
}

/** What a cell holds. Null: nothing. */
export type SheetValue = string | number | boolean | DayCell | FaultyCell | null;

export interface SheetRow {
  /** As the spreadsheet program counts: from 1, empty rows and headings included. */
  readonly number: number;
  /** Trailing empty cells may be left out. */
  readonly cells: readonly SheetValue[];
}

/** A file that was made by people in a spreadsheet program, read row by row. */
export interface SheetFile {
  /** What there is to say of how the file was read, for who wonders. */
  readonly notes: readonly string[];
  rows(onProgress?: (bytes: number) => void): AsyncIterable<SheetRow> | Iterable<SheetRow>;
}
