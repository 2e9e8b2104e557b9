import { fromDecimal } from './decimal.js';
import { fromBase64 } from './base64.js';
import { MalformedError } from './malformed-error.js';

/** C2SP tlog-checkpoint: the size and the root of a log. It is the text of a signed note. */
export interface TreeHead {
  /** The name of the log, which is also the name of its keys. */
  readonly origin: string;
  /** How many events there are. */
  readonly size: number;
  /** The root of the RFC 6962 tree over the events: 32 bytes. */
  readonly root: Buffer;
  /** Lines that other programs give a meaning. Checkpoints of this program have none. */
  readonly extensions: readonly string[];
}

const HASH_BYTES = 32;

/** Reads the text of a checkpoint, without its signatures. @throws {MalformedError} */
export function parseCheckpoint(text: string): TreeHead {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) {
    throw new MalformedError('A checkpoint is an origin, a size and a root on a line each; no line of it is empty.');
  }
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines;
  const size = fromDecimal(sizeLine);
  if (size === null) throw new MalformedError(`The size in a checkpoint is a decimal number, not '${sizeLine}'.`);
  const root = fromBase64(rootLine);
  if (root?.length !== HASH_BYTES) {
    throw new MalformedError(`The root in a checkpoint is the base64 of ${HASH_BYTES} bytes, not '${rootLine}'.`);
  }
  return { origin, size, root, extensions };
}

/** The text to sign. @throws {MalformedError} when the text could not be parsed again */
export function formatCheckpoint({ origin, size, root, extensions }: TreeHead): string {
  const text = [origin, String(size), root.toString('base64'), ...extensions].map((line) => `${line}\n`).join('');
  const read = parseCheckpoint(text);
  if (read.origin !== origin || read.extensions.length !== extensions.length) {
    throw new MalformedError('A line of a checkpoint holds no newline.');
  }
  return text;
}
