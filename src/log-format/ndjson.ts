import { createReadStream } from 'node:fs';
import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** A line of a file, without its end. */
export interface Line {
  /** From 1, blank lines counted. */
  readonly number: number;
  readonly text: string;
  /** The file ends in the middle of this line, or without the last line's end. */
  readonly unended: boolean;
}

export interface LineOptions {
  /** Bytes a line may have. */
  readonly longest?: number;
  /** Called with the bytes of the file that have been read. */
  readonly onProgress?: (bytes: number) => void;
}

/** A file that cannot be read, or not from a line on. */
export class UnreadableFileError extends PeildatumError {
  readonly code = 'UNREADABLE_FILE';

  constructor(
    /** From 1; null where it is the file as a whole. */
    readonly line: number | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Room for a published report with all its tables, and an end to what a file without line ends can make us hold. */
const LONGEST_LINE = 16 * 2 ** 20;

const LINE_FEED = 0x0a;
const MARK = Buffer.from('\uFEFF');

/**
 * The lines of a UTF-8 file that are not blank, read as they are asked for: memory holds one line, whatever the file's size.
 * A byte order mark and the carriage returns of Windows are tolerated.
 * @throws {UnreadableFileError}
 */
export async function* readLines(file: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const { longest = LONGEST_LINE, onProgress } = options;
  let begun: Buffer[] = [];
  let held = 0;
  let number = 1;
  let bytes = 0;

  const hold = (part: Buffer): void => {
    held += part.length;
    if (held > longest) throw new UnreadableFileError(number, `The line is longer than ${longest} bytes.`);
    begun.push(part);
  };
  const take = (unended: boolean): Line | null => {
    const text = decode(Buffer.concat(begun), number);
    begun = [];
    held = 0;
    number += 1;
    return text.trim() === '' ? null : { number: number - 1, text, unended };
  };

  for await (const chunk of chunksOf(file)) {
    bytes += chunk.length;
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      hold(chunk.subarray(start, end < 0 ? undefined : end));
      if (end < 0) break;
      const line = take(false);
      if (line) yield line;
      start = end + 1;
    }
    onProgress?.(bytes);
  }
  const last = take(true);
  if (last) yield last;
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'This is a directory, not a file.',
  EACCES: 'This user may not read the file.',
};

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    // Without an encoding, a stream of a file gives buffers.
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UnreadableFileError(null, problems[code] ?? `The file cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(line: Buffer, number: number): string {
  const marked = number === 1 && line.subarray(0, MARK.length).equals(MARK);
  try {
    return utf8.decode(marked ? line.subarray(MARK.length) : line);
  } catch {
    throw new UnreadableFileError(number, 'The line is not UTF-8 text.');
  }
}
