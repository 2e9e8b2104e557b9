import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '../../../src/proofs/notes/tlog-checkpoint.js';
import { MalformedError } from '../../../src/proofs/notes/malformed-error.js';
import { parseNote } from '../../../src/proofs/notes/signed-note.js';
import { codePoint } from '../../support/code-point.js';

/** The example of the specification. */
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const line = fc.string({ unit: codePoint, minLength: 1 }).filter((text) => !text.includes('\n'));
const checkpoint = fc.record({
  origin: line,
  size: fc.maxSafeNat(),
  root: hash,
  extensions: fc.array(line, { maxLength: 3 }),
});

describe('the text of a checkpoint', () => {
  it('of the specification is read', () => {
    const { text } = parseNote(EXAMPLE);
    expect(parseCheckpoint(text)).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: Buffer.from('0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62', 'hex'),
      extensions: [],
    });
    expect(formatCheckpoint(parseCheckpoint(text))).toBe(text);
  });

  it('of an empty log has size 0 and the hash of nothing', () => {
    const root = createHash('sha256').digest();
    expect(formatCheckpoint({ origin: 'log.example', size: 0, root, extensions: [] })).toBe(
      'log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    );
  });

  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  it.each([
    ['two lines', `log.example\n5\n`],
    ['no newline at its end', `log.example\n5\n${root}`],
    ['an empty origin', `\n5\n${root}\n`],
    ['an empty extension', `log.example\n5\n${root}\n\n`],
    ['a leading zero', `log.example\n05\n${root}\n`],
    ['a sign', `log.example\n+5\n${root}\n`],
    ['a size with a fraction', `log.example\n5.0\n${root}\n`],
    ['a size that is not exact in a double', `log.example\n9007199254740993\n${root}\n`],
    ['digits of another script', `log.example\n٥\n${root}\n`],
    ['a root of 31 bytes', `log.example\n5\n${Buffer.alloc(31).toString('base64')}\n`],
    ['a root that is spelled in a second way', `log.example\n5\n${root.replace('2I=', '2J=')}\n`],
    ['a root in hexadecimal', `log.example\n5\n${'ab'.repeat(32)}\n`],
  ])('with %s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(MalformedError);
  });

  it('is read as it was written, and no two checkpoints are written alike', () => {
    fc.assert(
      fc.property(checkpoint, (given) => {
        expect(parseCheckpoint(formatCheckpoint(given))).toEqual(given);
      }),
    );
  });

  it('is not made of lines that would be two', () => {
    const given = { origin: 'log.example', size: 1, root: Buffer.alloc(32), extensions: [] };
    expect(() => formatCheckpoint({ ...given, origin: `log.example\n9\n${root}` })).toThrow(MalformedError);
    expect(() => formatCheckpoint({ ...given, extensions: ['one\ntwo'] })).toThrow(MalformedError);
    expect(() => formatCheckpoint({ ...given, size: -1 })).toThrow(MalformedError);
  });
});
