import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/authority/bearer-token.js';
import { TokenRefusedError } from '../../src/authority/token-refused-error.js';

describe('the Authorization field', () => {
  it.each(['Bearer a.b-c_d.e~f+/==', 'bearer a.b-c_d.e~f+/==', 'BEARER   a.b-c_d.e~f+/=='])(
    'has a token in %j',
    (field) => {
      expect(bearerToken([field])).toBe('a.b-c_d.e~f+/==');
    },
  );

  it('may be missing', () => {
    expect(bearerToken([])).toBeNull();
  });

  it.each([
    [['']],
    [['Bearer']],
    [['Bearer ']],
    [['Bearer a b']],
    [['Bearer a, Bearer b']],
    [['Bearer "a"']],
    [['Basic YTpi']],
    [['a.b.c']],
    [['Bearer=a']],
    [['Bearer a\u00e9']],
    [[`Bearer ${'a'.repeat(10_000)}`]],
    [['Bearer a', 'Bearer a']],
  ])('is refused, and not taken for missing, when it is %j', (fields) => {
    expect(() => bearerToken(fields)).toThrow(TokenRefusedError);
  });
});
