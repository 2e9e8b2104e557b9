import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { guardFormula } from '../exports/formats/formula-guard.js';

/** Without a byte order mark spreadsheet programs read UTF-8 in the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Writes rows into a CSV file for spreadsheet programs. Text that a program would read as a formula is escaped. */
export async function writeCsvFile(file: string, rows: Iterable<readonly string[]>): Promise<void> {
  const target = createWriteStream(file);
  target.write(BYTE_ORDER_MARK);
  await pipeline(
    Readable.from(rows),
    stringify({ record_delimiter: '\r\n', quoted_match: /[\r\n]/, cast: { string: guardFormula } }),
    target,
  );
}
