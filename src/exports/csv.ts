import { stringify } from 'csv-stringify/sync';
import { guardFormula } from './formula-guard.js';
import type { Sheet, SheetCell } from './sheet.js';

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

const write = (rows: readonly (readonly SheetCell[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    {
      record_delimiter: LINE_END,
      // By itself it quotes a text that holds the whole line end, not one that holds half of it.
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
 * The sheet as RFC 4180: header and rows first, so that a reader may stop at the empty line; after that line what is to be
 * known of the table, a line each.
 */
export const writeCsv = async ({ columns, rows, notes }: Sheet): Promise<Buffer> => {
  const table = write([columns.map(({ heading }) => heading), ...rows]);
  const below = write(notes.map(({ name, values }) => [name, ...values]));
  return Buffer.from(`${BYTE_ORDER_MARK}${table}${LINE_END}${below}`, 'utf8');
};
