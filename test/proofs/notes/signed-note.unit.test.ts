import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedError } from '../../../src/proofs/notes/malformed-error.js';
import { newSignerKey, parseSignerKey, parseVerifierKey } from '../../../src/proofs/notes/note-key.js';
import { formatNote, openNote, parseNote, signNote } from '../../../src/proofs/notes/signed-note.js';
import { codePoint } from '../../support/code-point.js';

/** The keys and the note that Go's implementation is tested with. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const PETER_SIGNS = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const ENOCH = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const BY_PETER =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const BY_ENOCH =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

const peter = parseVerifierKey(PETER);
const enoch = parseVerifierKey(ENOCH);
const names = (signatures: readonly { readonly name: string }[]) => signatures.map(({ name }) => name);

const byteAt = (text: string, index: number, change: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  bytes[index % bytes.length] = (bytes[index % bytes.length] ?? 0) ^ change;
  return bytes.toString('utf8');
};

/** Some byte of a text, made another one. */
const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));

const lines = fc
  .array(fc.string({ unit: codePoint }).map((line) => line.replaceAll(/\p{Cc}/gu, '')))
  .map((all) => `${all.join('\n')}\n`);

describe('a key of a note', () => {
  it('is read and written as Go’s implementation does', () => {
    expect(peter).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3', encoded: PETER });
    const signer = parseSignerKey(PETER_SIGNS);
    expect(signer).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3', encoded: PETER_SIGNS });
    expect(signer.verifier.encoded).toBe(PETER);
  });

  it('is refused when any sign of it is another one, and where a piece of it is missing', () => {
    for (const [encoded, parse] of [
      [PETER, parseVerifierKey],
      [PETER_SIGNS, parseSignerKey],
    ] as const) {
      for (let index = 0; index < encoded.length; index += 1) {
        expect(() => parse(byteAt(encoded, index, 1))).toThrow(MalformedError);
        expect(() => parse(encoded.slice(0, index))).toThrow(MalformedError);
        if (index > 0) expect(() => parse(encoded.slice(index))).toThrow(MalformedError);
      }
    }
  });

  it('is refused when it is longer than a key, or of another algorithm', () => {
    expect(() =>
      parseVerifierKey('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='),
    ).toThrow(MalformedError);
    expect(() => parseVerifierKey('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toThrow(
      /not an Ed25519 key/,
    );
  });

  it('never shows a private key in what it says of it', () => {
    expect(() => parseSignerKey(PETER_SIGNS.replace('c74f20a3', 'c74f20a4'))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('AYEKFALV') }),
    );
  });

  it('is made anew under any name without spaces and pluses, and read again', () => {
    const made = newSignerKey('peildatum.example.org/log');
    expect(parseSignerKey(made.encoded).verifier.encoded).toBe(made.verifier.encoded);
    expect(newSignerKey('peildatum.example.org/log').encoded).not.toBe(made.encoded);
    for (const name of ['', 'two words', 'a+b', 'a\u00a0b', 'a\nb', '\ud800']) {
      expect(() => newSignerKey(name)).toThrow(/cannot be the name of a key/);
    }
  });
});

describe('a signed note', () => {
  it('of Go’s implementation is verified, and ours is the same to the byte', () => {
    const note = `${TEXT}\n${BY_PETER}`;
    expect(openNote(note, [peter]).text).toBe(TEXT);
    expect(signNote(TEXT, [parseSignerKey(PETER_SIGNS)])).toBe(note);
  });

  it('tells signatures of known keys from others, and keeps both', () => {
    const note = `${TEXT}\n${BY_PETER}${BY_ENOCH}`;
    const both = openNote(note, [enoch, peter]);
    expect([names(both.verified), both.unknown]).toEqual([['PeterNeumann', 'EnochRoot'], []]);
    const one = openNote(note, [enoch]);
    expect([names(one.verified), names(one.unknown)]).toEqual([['EnochRoot'], ['PeterNeumann']]);
    expect(formatNote(parseNote(note))).toBe(note);
  });

  it('is refused where no known key signed it, and where the signature of one does not fit', () => {
    expect(() => openNote(`${TEXT}\n${BY_PETER}`, [])).toThrow(/of PeterNeumann\+c74f20a3; known: none/);
    expect(() => openNote(`${TEXT}\n${BY_PETER}`, [enoch])).toThrow(/known: EnochRoot\+af0cfe78/);
    const broken = BY_ENOCH.replace('5n2t', '5n2u');
    expect(() => openNote(`${TEXT}\n${BY_PETER}${broken}`, [peter, enoch])).toThrow(/EnochRoot\+af0cfe78 does not fit/);
    expect(names(openNote(`${TEXT}\n${BY_PETER}${broken}`, [peter]).unknown)).toEqual(['EnochRoot']);
  });

  it.each([
    ['without signatures', TEXT],
    ['without a line of them', `${TEXT}\n`],
    ['whose last line does not end', `${TEXT}\n${BY_PETER.slice(0, -1)}`],
    ['with a control character', `\u0001${TEXT}\n${BY_PETER}`],
    ['with a carriage return', `${TEXT}\r\n${BY_PETER}`],
    ['with half a character', `\ud800${TEXT}\n${BY_PETER}`],
    ['with a space in the name of a key', `${TEXT}\n${BY_PETER.replace('PeterN', 'Peter N')}`],
    ['with something after the signatures', `${TEXT}\n${BY_PETER}Unexpected line.\n`],
    ['with a hyphen for a dash', `${TEXT}\n${BY_PETER.replace('—', '-')}`],
    ['with base64 that is spelled in a second way', `${TEXT}\n${BY_PETER.replace('nAM=', 'nAN=')}`],
    ['with a signature that is only the id of a key', `${TEXT}\n— PeterNeumann x08gow==\n`],
    ['with more signatures than anybody needs', `${TEXT}\n${BY_PETER.repeat(101)}`],
    ['of a size that nobody wrote', `${'x'.repeat(1_000_000)}\n\n${BY_PETER}`],
  ])('%s is refused', (_, note) => {
    expect(() => openNote(note, [peter])).toThrow(MalformedError);
  });

  it('of any text, with blank lines too, is read as it was written', () => {
    const [first, second] = [newSignerKey('first.example'), newSignerKey('second.example')];
    fc.assert(
      fc.property(lines, fc.boolean(), (text, twice) => {
        const note = signNote(text, twice ? [first, second] : [first]);
        expect(openNote(note, [first.verifier, second.verifier])).toMatchObject({ text, unknown: [] });
        expect(formatNote(parseNote(note))).toBe(note);
      }),
    );
  });

  it('is refused when any byte of it is another one', () => {
    const key = newSignerKey('log.example/1');
    fc.assert(
      fc.property(lines, change, (text, [index, by]) => {
        const note = signNote(text, [key]);
        expect(() => openNote(byteAt(note, index, by), [key.verifier])).toThrow(MalformedError);
      }),
      { numRuns: 500 },
    );
  });

  it('is not made of what could not be read again', () => {
    const key = newSignerKey('log.example/1');
    for (const text of ['no newline', '', 'a\u0007bell\n']) expect(() => signNote(text, [key])).toThrow(MalformedError);
    expect(() => signNote('text\n', [])).toThrow(MalformedError);
  });
});
