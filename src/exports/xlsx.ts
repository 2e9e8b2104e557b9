import writeExcelFile, { type CellObject, type Row } from 'write-excel-file/node';
import type { Sheet, SheetCell, SheetColumn } from './sheet.js';
import { fixZipTimes } from './zip-times.js';

const NARROWEST = 8;
const WIDEST = 60;

/** The type is always given: only text that says it is a formula becomes one, and none of ours does. */
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
    // A share has many digits, and is shown in six places.
    const lengths = rows.map((row) => (typeof row[index] === 'string' ? row[index].length : NARROWEST));
    return { width: Math.min(WIDEST, Math.max(NARROWEST, ...lengths) + 2) };
  });

/** The sheet as an Excel workbook: the table on one page, what is to be known of it on the next. */
export const writeXlsx = async ({ columns, rows, notes, pages }: Sheet): Promise<Buffer> => {
  const headings = columns.map(({ heading }) => heading);
  const table: Row[] = [
    headings.map(bold),
    ...rows.map((row) => row.map((value, index) => cellOf(value, columns[index]?.shownAs))),
  ];
  const below: Row[] = notes.map(({ name, values }) => [bold(name), ...values.map((value) => cellOf(value))]);
  const zip = await writeExcelFile([
    { sheet: pages.table, data: table, columns: widthsOf([headings, ...rows]), stickyRowsCount: 1 },
    { sheet: pages.notes, data: below, columns: widthsOf(notes.map(({ name, values }) => [name, ...values])) },
  ]).toBuffer();
  return fixZipTimes(zip);
};
