/** What a cell of a sheet holds. Text is always text, whatever it looks like. */
export type SheetCell = string | number | boolean | null;

export interface SheetColumn {
  readonly heading: string;
  /** How numbers are shown where the format can say so; the number itself is never rounded. */
  readonly shownAs?: 'percentage';
}

/** One line of what is to be known of a table: what it is, and a value, or one for each of its moments. */
export interface SheetNote {
  readonly name: string;
  readonly values: readonly SheetCell[];
}

/** A table with all that has to stay with it, in one language and in no format yet. */
export interface Sheet {
  /** Also the name of the file. */
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Goes with the table in every format, in this order. */
  readonly notes: readonly SheetNote[];
  /** What formats that have names for their pages call these two. */
  readonly pages: { readonly table: string; readonly notes: string };
}

export const note = (name: string, ...values: readonly SheetCell[]): SheetNote => ({ name, values });
