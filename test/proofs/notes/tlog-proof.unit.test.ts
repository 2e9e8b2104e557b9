import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedError } from '../../../src/proofs/notes/malformed-error.js';
import { formatTlogProof, parseTlogProof } from '../../../src/proofs/notes/tlog-proof.js';
import { codePoint } from '../../support/code-point.js';

/** The example of the specification; its extra data is cut short there, and is left out here. */
const EXAMPLE = `c2sp.org/tlog-proof@v1
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJw==
`;

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const proof = fc.record(
  {
    index: fc.maxSafeNat(),
    path: fc.array(hash, { maxLength: 64 }),
    checkpoint: fc.string({ unit: codePoint }),
    extra: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  },
  { requiredKeys: ['index', 'path', 'checkpoint'] },
);

describe('a proof in one text', () => {
  it('of the specification is read and written again', () => {
    const read = parseTlogProof(EXAMPLE);
    expect(read.index).toBe(73_894);
    expect(read.path.map((bytes) => bytes.toString('hex').slice(0, 8))).toEqual(['8122b25e', '07de650d', '10a373a0']);
    expect(read.checkpoint).toMatch(/^example\.com\/fancylog\n109482\n/);
    expect(formatTlogProof(read)).toBe(EXAMPLE);
  });

  it('carries what somebody put beside it', () => {
    const text = EXAMPLE.replace('index', 'extra aGVsbG8=\nindex');
    expect(parseTlogProof(text).extra?.toString()).toBe('hello');
    expect(formatTlogProof(parseTlogProof(text))).toBe(text);
  });

  it.each([
    ['another version', EXAMPLE.replace('@v1', '@v2')],
    ['no index', EXAMPLE.replace('index 73894\n', '')],
    ['an index with a leading zero', EXAMPLE.replace('73894', '073894')],
    ['a negative index', EXAMPLE.replace('73894', '-1')],
    ['extra data after the index', EXAMPLE.replace('73894\n', '73894\nextra aGVsbG8=\n')],
    ['extra data that is no base64', EXAMPLE.replace('index', 'extra $\nindex')],
    [
      'a hash of 31 bytes',
      EXAMPLE.replace('gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=', Buffer.alloc(31).toString('base64')),
    ],
    [
      'more hashes than any tree has levels',
      EXAMPLE.replace('73894\n', `73894\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(65)}`),
    ],
    ['nothing after it', EXAMPLE.slice(0, EXAMPLE.indexOf('\n\n'))],
    ['carriage returns', EXAMPLE.replaceAll('\n', '\r\n')],
  ])('with %s is refused', (_, text) => {
    expect(() => parseTlogProof(text)).toThrow(MalformedError);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(proof, (given) => {
        expect(parseTlogProof(formatTlogProof(given))).toEqual(given);
      }),
    );
  });
});
