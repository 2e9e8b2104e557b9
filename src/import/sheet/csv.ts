import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { decoded, detectEncoding, type Encoding } from './encoding.js';
import { detectDelimiter, inWords, type Delimiter } from './delimiter.js';
import { SheetRefusedError } from './sheet-refused-error.js';
import type { SheetFile, SheetRow } from './sheet.js';

/** So much of a file shows what separates its cells, in characters. */
const BEGINNING = 65_536;

/** Room for a row with long notes, and an end to what a quotation mark that is never closed can make us hold. */
const LONGEST_ROW = 1_048_576;

const encodings: Readonly<Partial<Record<Encoding, string>>> = {
  'windows-1252': 'It is not UTF-8, so it was read as Windows-1252. If names look wrong, save it as CSV UTF-8.',
  'utf-16le': 'It was read as UTF-16.',
};

/** A CSV file, row by row: memory holds a few of them, whatever the file's size. @throws {SheetRefusedError} */
export async function openCsv(file: string): Promise<SheetFile> {
  const encoding = await detectEncoding(file);
  let beginning = '';
  for await (const text of decoded(file, encoding)) {
    beginning += text;
    if (beginning.length >= BEGINNING) break;
  }
  const delimiter = detectDelimiter(beginning.slice(0, BEGINNING));
  const encoded = encodings[encoding];
  return {
    notes: [`Its cells are separated by ${inWords[delimiter]}.`, ...(encoded === undefined ? [] : [encoded])],
    rows: (onProgress) => rowsOf(file, decoded(file, encoding, onProgress), delimiter),
  };
}

async function* rowsOf(file: string, text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<SheetRow> {
  const source = Readable.from(text, { objectMode: true });
  const parser = parse({
    delimiter,
    // Rows are counted as a spreadsheet program counts them.
    skip_empty_lines: false,
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
  });
  // What goes wrong in reading must end the parsing, or nobody hears of it.
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1;
      yield { number, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new SheetRefusedError(file, `Row ${number + 1} cannot be read as CSV: ${error.message}.`, { cause: error });
  } finally {
    source.destroy();
  }
}
