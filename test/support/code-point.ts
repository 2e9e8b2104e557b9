import * as fc from 'fast-check';

/**
 * Any code point but the halves of surrogate pairs, as a unit of strings. fast-check's own unit 'binary' holds the same, but
 * takes more than a second to begin with.
 */
export const codePoint = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));
