/** A date that the file marks as one: in workbooks, a number with a date format. In ISO form. */
export interface DateCell {
  readonly date: string;
}

/** A cell without a readable value, such as '#REF!' or a formula that was never calculated. The fault completes 'The cell holds …'. */
export interface FaultyCell {
  readonly fault: string;
}

/** What a cell holds. Null: nothing. */
export type SheetValue = string | number | boolean | DateCell | FaultyCell | null;

export interface SheetRow {
  /** As the spreadsheet program counts: from 1, empty rows and headings included. */
  readonly number: number;
  /** Trailing empty cells may be left out. */
  readonly cells: readonly SheetValue[];
}

/** A file that was made by people in a spreadsheet program, read row by row. */
export interface SheetFile {
  /** How the file was read, such as its separator or the sheet that was chosen. Sentences for the person who imports it. */
  readonly notes: readonly string[];
  rows(onProgress?: (bytes: number) => void): AsyncIterable<SheetRow> | Iterable<SheetRow>;
}
