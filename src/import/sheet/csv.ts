import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { decodeFile, detectEncoding, type Encoding } from './encoding.js';
import { detectDelimiter, delimiterNames, type Delimiter } from './delimiter.js';
import { SheetRefusedError } from './sheet-refused-error.js';
import type { SheetFile, SheetRow } from './sheet.js';

/** The separator is detected in so many characters at the beginning of a file. */
const SAMPLE_CHARACTER_COUNT = 65_536;

/** Room for a row with long notes. Without a limit, a quotation mark that is never closed would make memory hold the whole file. */
const MAX_ROW_CHARACTER_COUNT = 1_048_576;

const encodings: Readonly<Partial<Record<Encoding, string>>> = {
  'windows-1252': 'It is not UTF-8, so it was read as Windows-1252. If names look wrong, save it as CSV UTF-8.',
  'utf-16le': 'It was read as UTF-16.',
};

/** Opens a CSV file. Rows are read as they are asked for: memory holds a few of them, whatever the file's size. @throws {SheetRefusedError} */
export async function openCsv(file: string): Promise<SheetFile> {
  const encoding = await detectEncoding(file);
  let beginning = '';
  for await (const text of decodeFile(file, encoding)) {
    beginning += text;
    if (beginning.length >= SAMPLE_CHARACTER_COUNT) break;
  }
  const delimiter = detectDelimiter(beginning.slice(0, SAMPLE_CHARACTER_COUNT));
  const encoded = encodings[encoding];
  return {
    notes: [`Its cells are separated by ${delimiterNames[delimiter]}.`, ...(encoded === undefined ? [] : [encoded])],
    rows: (onProgress) => rowsOf(file, decodeFile(file, encoding, onProgress), delimiter),
  };
}

async function* rowsOf(file: string, text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<SheetRow> {
  const source = Readable.from(text, { objectMode: true });
  const parser = parse({
    delimiter,
    // Rows are counted as a spreadsheet program counts them.
    skip_empty_lines: false,
    relax_column_count: true,
    max_record_size: MAX_ROW_CHARACTER_COUNT,
  });
  // A stream does not pass its errors on to what it is piped into.
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
