import { fromDecimal } from './decimal.js';
import { fromBase64 } from './base64.js';
import { MalformedError } from './malformed-error.js';

/** C2SP tlog-proof: proves offline, in one text, that an entry is in a log. */
export interface TlogProof {
  /** The position of the entry minus one. */
  readonly index: number;
  /** From the sibling of the leaf up to a child of the root. */
  readonly path: readonly Buffer[];
  /** The signed note of the checkpoint, unchanged. */
  readonly checkpoint: string;
  /** Data that somebody added. Neither the proof nor the signature covers it. */
  readonly extra?: Buffer;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const HASH_BYTES = 32;

/** A path has one hash for each level of its tree, and no tree has more leaves than 64 bits can count. */
const MAX_PATH_HASH_COUNT = 64;

/** Parses a proof without verifying it. @throws {MalformedError} */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  if (end < 0) throw new MalformedError('A proof is some lines of its own, a blank line and a checkpoint.');
  const [header, ...lines] = text.slice(0, end).split('\n');
  if (header !== HEADER) throw new MalformedError(`A proof begins with the line '${HEADER}'.`);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()?.slice('extra '.length) ?? '') : undefined;
  if (extra === null) throw new MalformedError("The line 'extra' of a proof goes on in base64.");
  const [indexLine = '', ...hashes] = lines;
  const index = indexLine.startsWith('index ') ? fromDecimal(indexLine.slice('index '.length)) : null;
  if (index === null) throw new MalformedError(`A proof has a line 'index' with a decimal number, not '${indexLine}'.`);
  if (hashes.length > MAX_PATH_HASH_COUNT)
    throw new MalformedError(`A proof has at most ${MAX_PATH_HASH_COUNT} hashes.`);
  const proof = { index, path: hashes.map(readHash), checkpoint: text.slice(end + 2) };
  return extra === undefined ? proof : { ...proof, extra };
}

function readHash(line: string): Buffer {
  const hash = fromBase64(line);
  if (hash?.length === HASH_BYTES) return hash;
  throw new MalformedError(`The hashes in a proof are the base64 of ${HASH_BYTES} bytes each, not '${line}'.`);
}

/** The text of a proof. */
export const formatTlogProof = ({ index, path, checkpoint, extra }: TlogProof): string =>
  [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...path.map((hash) => hash.toString('base64')),
    '',
    checkpoint,
  ].join('\n');
