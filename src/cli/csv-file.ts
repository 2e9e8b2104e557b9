import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { guardFormula } from '../exports/formats/formula-guard.js';

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Writes rows into a CSV file for people who open it in a spreadsheet program: no text in it becomes a formula. */
export async function writeCsvFile(file: string, rows: Iterable<readonly string[]>): Promise<void> {
  const target = createWriteStream(file);
  target.write(BYTE_ORDER_MARK);
  await pipeline(
    Readable.from(rows),
    stringify({ record_delimiter: '\r\n', quoted_match: /[\r\n]/, cast: { string: guardFormula } }),
    target,
  );
}
