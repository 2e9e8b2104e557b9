/** What a cell of a sheet holds. Text is always text, whatever it looks like. */
export type SheetCell = string | number | boolean | null;

export interface SheetColumn {
  readonly heading: string;
  /** How numbers are shown where the format can say so; the number itself is never rounded. */
  readonly shownAs?: 'percentage';
}

/** One line of information about a table: its name, and one value, or one value for each moment of the table. */
export interface SheetNote {
  readonly name: string;
  readonly values: readonly SheetCell[];
}

/** A table with its notes, in one language, before it is written in a format. */
export interface Sheet {
  /** Also the name of the file. */
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Written with the table in every format, in this order. */
  readonly notes: readonly SheetNote[];
  /** The names of the two pages, for a format that has pages. */
  readonly pages: { readonly table: string; readonly notes: string };
}

export const note = (name: string, ...values: readonly SheetCell[]): SheetNote => ({ name, values });
