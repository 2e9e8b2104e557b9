import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { personIn, rolesIn } from './claims.js';
import type { Role } from './role.js';
import { TokenRefusedError } from './token-refused-error.js';
import type { Person } from './vault/port.js';

/** What a valid token says. */
export interface Verified {
  readonly issuer: string;
  readonly subject: string;
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly expiresAt: Date;
}

export interface Expectations {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** Names of asymmetric signature algorithms (RFC 7518). A token cannot choose another. */
  readonly algorithms: readonly string[];
  /** The name of the claim that names roles, or the path to it with dots. */
  readonly rolesClaim: string;
  readonly clock: () => Date;
}

/** How far the issuer's clock may be from this one, in seconds. */
const TOLERANCE = 5;

/** Longer than any real subject (OpenID Connect allows 255), in characters. */
const MAX_SUBJECT = 255;

/** Two that no database could tell apart must not become one person. */
const isSubject = (text: unknown): text is string =>
  typeof text === 'string' && text !== '' && text.length <= MAX_SUBJECT && text.isWellFormed() && !text.includes('\0');

/** The last instant that a Date can hold, in milliseconds. */
const LAST_INSTANT = 8.64e15;

/** Verifies one token. @throws {TokenRefusedError} with the reason; {KeysUnavailableError} */
export const newVerifier =
  ({ keys, issuer, audience, algorithms, rolesClaim, clock }: Expectations) =>
  async (token: string): Promise<Verified> => {
    const options = {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: TOLERANCE,
      requiredClaims: ['sub', 'exp'],
      currentDate: clock(),
    };
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      // Its cause is left behind: it would bring the claims into the log.
      throw error instanceof errors.JOSEError ? new TokenRefusedError(`${error.code}: ${error.message}`) : error;
    });
    const { sub: subject, exp = 0 } = payload;
    if (!isSubject(subject)) {
      throw new TokenRefusedError('The claim "sub" is not a text of 1 to 255 characters.');
    }
    const expiresAt = new Date(Math.min(exp * 1000, LAST_INSTANT));
    return { issuer, subject, person: personIn(payload), roles: rolesIn(payload, rolesClaim), expiresAt };
  };
