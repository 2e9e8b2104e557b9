import { describe, expect, it } from 'vitest';
import { nestingDepthOf } from '../../src/http/nesting.js';

describe('the nesting of a document', () => {
  it.each([
    ['{ a }', 1],
    ['{ a { b(c: {d: [1]}) } }', 5],
    ['query ($a: Int) { a }', 2],
    ['{ ...F } fragment F on A { a { b } }', 3],
    ['{ a(b: "{ [ \\" { ( ") }', 2],
    ['{ a(b: """{ " \\""" { [""") } # { { {', 2],
    ['} } } { a }', 1],
    ['{ { { "', 3],
    ['', 0],
  ])('of %j is %i', (text, nesting) => {
    expect(nestingDepthOf(text)).toBe(nesting);
  });

  it('is found in time with a megabyte of quotes', () => {
    const started = performance.now();
    for (const piece of ['"', '"""', '\\"""', '"a\n', '""a""\n'])
      nestingDepthOf(`{ a(b: """${piece.repeat(1_000_000 / piece.length)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
