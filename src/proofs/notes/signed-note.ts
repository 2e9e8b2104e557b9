import { fromBase64 } from './base64.js';
import { isKeyName } from './key-name.js';
import { MalformedError } from './malformed-error.js';
import type { SignerKey, VerifierKey } from './note-key.js';

/** A signature line of a note. */
export interface NoteSignature {
  /** The name of the key. */
  readonly name: string;
  /** The id of the key, in hexadecimal. */
  readonly id: string;
  readonly signature: Buffer;
}

/** C2SP signed-note: a text, and who signed it. */
export interface SignedNote {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A note whose signatures were verified. */
export interface OpenedNote {
  readonly text: string;
  /** The signatures of known keys, at most one for each key; at least one. */
  readonly verified: readonly NoteSignature[];
  /** The signatures of other keys. They say nothing about the note. */
  readonly unknown: readonly NoteSignature[];
}

/** The limit of the implementation in Go's checksum database. */
const MAX_NOTE_CHARACTER_COUNT = 1_000_000;
const MAX_SIGNATURE_COUNT = 100;
const KEY_ID_BYTES = 4;
const DASH = '\u2014 ';

/** Parses a note without verifying its signatures: `openNote` verifies them. @throws {MalformedError} */
export function parseNote(note: string): SignedNote {
  if (note.length > MAX_NOTE_CHARACTER_COUNT)
    throw new MalformedError(`A note of more than ${MAX_NOTE_CHARACTER_COUNT} characters is not read.`);
  if (!isNoteText(note))
    throw new MalformedError('A note holds no control characters but newlines, and is written in UTF-8.');
  // The text may hold blank lines of its own: the last one ends it.
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) {
    throw new MalformedError(
      'A signed note is a text, a blank line and lines with signatures, each ended by a newline.',
    );
  }
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURE_COUNT)
    throw new MalformedError(`A note with more than ${MAX_SIGNATURE_COUNT} signatures is not read.`);
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): NoteSignature {
  const [name = '', base64 = '', ...more] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || more.length > 0 || bytes === null || bytes.length <= KEY_ID_BYTES) {
    throw new MalformedError(`'${line}' is no signature: it would be spelled '\u2014 <key name> <base64>'.`);
  }
  return { name, id: bytes.toString('hex', 0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}

/** The text of a note with its signatures. @throws {MalformedError} when the text could not be parsed again */
export function formatNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(({ name, id, signature }) => {
    return `${DASH}${name} ${Buffer.concat([Buffer.from(id, 'hex'), signature]).toString('base64')}\n`;
  });
  const note = `${text}\n${lines.join('')}`;
  const read = parseNote(note);
  if (read.text !== text || read.signatures.length !== signatures.length) {
    throw new MalformedError('The text of a note ends in a newline, and somebody signs it.');
  }
  return note;
}

/** Signs a text with each of the keys, in their order. @throws {MalformedError} when it cannot be the text of a note */
export const signNote = (text: string, keys: readonly SignerKey[]): string =>
  formatNote({ text, signatures: keys.map(({ name, id, sign }) => ({ name, id, signature: sign(text) })) });

/**
 * Parses a note and verifies its signatures: at least one of the keys must have signed it, and every signature under the name
 * of one of the keys must be valid. @throws {MalformedError}
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const verified = new Map<VerifierKey, NoteSignature>();
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (!key) unknown.push(signature);
    else if (key.verify(text, signature.signature)) verified.set(key, verified.get(key) ?? signature);
    else
      throw new MalformedError(
        `The signature of the key ${nameOf(key)} does not fit the text: one of the two was changed.`,
      );
  }
  if (verified.size === 0) {
    throw new MalformedError(
      `None of the signatures is of a known key. They are of ${listed(signatures)}; known: ${listed(keys)}.`,
    );
  }
  return { text, verified: [...verified.values()], unknown };
}

type Named = Pick<NoteSignature, 'name' | 'id'>;

const nameOf = ({ name, id }: Named): string => `${name}+${id}`;
const listed = (keys: readonly Named[]): string => keys.map(nameOf).join(', ') || 'none';

/** Of the control characters below U+0020, newline alone. */
const isNoteText = (text: string): boolean =>
  // The expression looks for control characters on purpose.
  // oxlint-disable-next-line no-control-regex
  text.isWellFormed() && !/[\0-\u0009\u000b-\u001f]/.test(text);
