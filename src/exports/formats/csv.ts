import { stringify } from 'csv-stringify/sync';
import { guardFormula } from './formula-guard.js';
import type { Sheet, SheetCell } from '../sheet.js';

/** Without this mark spreadsheets read UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

const write = (rows: readonly (readonly SheetCell[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    {
      record_delimiter: LINE_END,
      // The library quotes a text that contains a whole line end; a text with half of a line end has to be quoted too.
      quoted_match: /[\r\n]/,
      cast: {
        string: guardFormula,
        boolean: (value) => (value ? 'true' : 'false'),
        // The shortest text that reads back as the same number.
        number: (value) => String(value),
      },
    },
  );

/**
 * The sheet as CSV (RFC 4180): the header and the rows, an empty line, and the notes, one line each. A reader of the table may
 * stop at the empty line.
 */
export const writeCsv = async ({ columns, rows, notes }: Sheet): Promise<Buffer> => {
  const table = write([columns.map(({ heading }) => heading), ...rows]);
  const notesBelow = write(notes.map(({ name, values }) => [name, ...values]));
  return Buffer.from(`${BYTE_ORDER_MARK}${table}${LINE_END}${notesBelow}`, 'utf8');
};
