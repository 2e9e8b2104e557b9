import { TokenRefusedError } from './token-refused-error.js';

/** Longer than any real token, in characters. Node accepts headers of twice that length. */
const MAX_FIELD_LENGTH = 8_192;

/** RFC 6750, 2.1. The case of the scheme's name does not matter (RFC 9110, 11.1). */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * The token in the Authorization fields of a request; null where it has none. Of several fields none is chosen.
 * @throws {TokenRefusedError} where there is something else than one bearer token.
 */
export function bearerToken(authorization: readonly string[]): string | null {
  const [field, ...more] = authorization;
  if (field === undefined) return null;
  if (more.length > 0) throw new TokenRefusedError('There are several Authorization fields.');
  if (field.length > MAX_FIELD_LENGTH)
    throw new TokenRefusedError(`The Authorization field has more than ${MAX_FIELD_LENGTH} characters.`);
  const token = BEARER.exec(field.trim())?.[1];
  if (token === undefined) throw new TokenRefusedError('The Authorization field is not a bearer token.');
  return token;
}
