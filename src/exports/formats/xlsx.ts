import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/node';
import type { Sheet, SheetCell, SheetColumn } from '../sheet.js';
import { fixZipTimes } from './zip-times.js';

/** Widths of columns, in characters. */
const MIN_WIDTH = 8;
const MAX_WIDTH = 60;

/** The type of each cell is given, so that the library never takes a text for a formula. */
const cellOf = (value: SheetCell, shownAs?: SheetColumn['shownAs']): CellObject | null => {
  switch (typeof value) {
    case 'string':
      return { value, type: String };
    case 'number':
      return { value, type: Number, ...(shownAs === 'percentage' ? { format: '0.0%' } : {}) };
    case 'boolean':
      return { value, type: Boolean };
    default:
      return null;
  }
};

const bold = (text: string): CellObject => ({ value: text, type: String, fontWeight: 'bold' });

const widthsOf = (rows: readonly (readonly SheetCell[])[]): { width: number }[] =>
  Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, index) => {
    // Only text widens a column: a share has many digits, of which a cell shows few.
    const lengths = rows.map((row) => (typeof row[index] === 'string' ? row[index].length : MIN_WIDTH));
    return { width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, ...lengths) + 2) };
  });

/** The sheet as an Excel workbook: the table on the first page, the notes on the second. */
export const writeXlsx = async ({ columns, rows, notes, pages }: Sheet): Promise<Buffer> => {
  const headings = columns.map(({ heading }) => heading);
  const table: Row[] = [
    headings.map(bold),
    ...rows.map((row) => row.map((value, index) => cellOf(value, columns[index]?.shownAs))),
  ];
  const notesPage: Row[] = notes.map(({ name, values }) => [bold(name), ...values.map((value) => cellOf(value))]);
  const zip = await writeExcelFile([
    { sheet: pages.table, data: table, columns: widthsOf([headings, ...rows]), stickyRowsCount: 1 },
    { sheet: pages.notes, data: notesPage, columns: widthsOf(notes.map(({ name, values }) => [name, ...values])) },
  ]).toBuffer();
  return fixZipTimes(zip);
};
