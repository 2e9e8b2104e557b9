import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../verifier/verify.mjs';
import { codePoint } from '../support/code-point.js';

const canonicalBy = (form: (value: unknown) => unknown, value: unknown): unknown => {
  try {
    return form(value);
  } catch {
    return 'refused';
  }
};

/** Texts with what canonical forms get wrong: control characters, pairs and halves of surrogates, names that need escapes. */
const text = fc.oneof(
  fc.string({ unit: codePoint }),
  fc.constantFrom(
    '\ud800',
    'a\udc00b',
    '\u20ac',
    '\ud83d\ude00',
    '\ufb33',
    '\u0080',
    '\r\n\t\b\f"\\/',
    '__proto__',
    '1',
    '10',
    '2',
  ),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 333333333.3333333, 4.5, 2e-3, 0.1 + 0.2),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constant(null),
    fc.boolean(),
    number,
    text,
    fc.array(tie('value')),
    fc.array(fc.tuple(text, tie('value'))).map((members) => Object.fromEntries(members)),
  ),
})).value;

describe('the canonical form of the verifier', () => {
  it('is that of the library that the log is hashed with', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalBy(canonicalJson, value)).toBe(canonicalBy(canonicalize, value));
      }),
      { numRuns: 3000 },
    );
  });

  it('is that of the examples of RFC 8785', () => {
    const numbers = '[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]';
    const literals = String.raw`{"numbers":${numbers},"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalJson(JSON.parse(literals))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
    const names = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
    expect([...canonicalJson(JSON.parse(names)).matchAll(/:"(\w+)/g)].map(([, word]) => word)).toEqual([
      'Carriage',
      'One',
      'Control',
      'Latin',
      'Euro',
      'Emoji',
      'Hebrew',
    ]);
  });

  it('refuses what is nested too deep, in words', () => {
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
    expect(() => canonicalJson(deep)).toThrow('is nested more than 200 deep');
  });
});
