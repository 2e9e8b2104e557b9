import { createReadStream } from 'node:fs';
import { describeFileProblem } from '../files/file-problem.js';
import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** A line of a file, without its end. */
export interface Line {
  /** From 1, blank lines counted. */
  readonly number: number;
  readonly text: string;
  /** The file ends with this line, without a line end: it may have been cut off. */
  readonly isUnterminated: boolean;
}

export interface LineOptions {
  readonly maxLineBytes?: number;
  /** Called with the bytes of the file that have been read. */
  readonly onProgress?: (bytes: number) => void;
}

/** A file that cannot be read as a whole, or not beyond one of its lines. */
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

/** Room for a published report with all its tables. Without a limit, memory would hold all of a file without line ends. */
const MAX_LINE_BYTES = 16 * 2 ** 20;

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * The lines of a UTF-8 file that are not blank, read as they are asked for: memory holds one line, whatever the file's size.
 * A byte order mark and the carriage returns of Windows are tolerated.
 * @throws {UnreadableFileError}
 */
export async function* readLines(file: string, options: LineOptions = {}): AsyncGenerator<Line> {
  const { maxLineBytes = MAX_LINE_BYTES, onProgress } = options;
  let parts: Buffer[] = [];
  let heldBytes = 0;
  let number = 1;
  let bytes = 0;

  const addPart = (part: Buffer): void => {
    heldBytes += part.length;
    if (heldBytes > maxLineBytes)
      throw new UnreadableFileError(number, `The line is longer than ${maxLineBytes} bytes.`);
    parts.push(part);
  };
  const endLine = (isUnterminated: boolean): Line | null => {
    const text = decode(Buffer.concat(parts), number);
    parts = [];
    heldBytes = 0;
    number += 1;
    return text.trim() === '' ? null : { number: number - 1, text, isUnterminated };
  };

  for await (const chunk of chunksOf(file)) {
    bytes += chunk.length;
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      addPart(chunk.subarray(start, end < 0 ? undefined : end));
      if (end < 0) break;
      const line = endLine(false);
      if (line) yield line;
      start = end + 1;
    }
    onProgress?.(bytes);
  }
  const last = endLine(true);
  if (last) yield last;
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    // Without an encoding, a stream of a file gives buffers.
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new UnreadableFileError(null, describeFileProblem(error) ?? `The file cannot be read: ${String(error)}`, {
      cause: error,
    });
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(line: Buffer, number: number): string {
  const marked = number === 1 && line.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  try {
    return utf8.decode(marked ? line.subarray(BYTE_ORDER_MARK.length) : line);
  } catch {
    throw new UnreadableFileError(number, 'The line is not UTF-8 text.');
  }
}
