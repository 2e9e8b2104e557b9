import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { personIn, rolesIn } from './claims.js';
import type { Role } from './role.js';
import { TokenRefusedError } from './token-refused-error.js';
import type { Person } from './vault/port.js';

/** The content of a valid token. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly expiresAt: Date;
}

export interface TokenRequirements {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** Names of asymmetric signature algorithms (RFC 7518). A token cannot choose another. */
  readonly algorithms: readonly string[];
  /** The name of the claim that names roles, or the path to it with dots. */
  readonly rolesClaim: string;
  readonly clock: () => Date;
}

/** How far the issuer's clock may differ from this one. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** The longest subject that OpenID Connect allows, in characters. */
const MAX_SUBJECT_LENGTH = 255;

/** Refuses characters that a database drops or replaces: two subjects would become one person. */
const isSubject = (text: unknown): text is string =>
  typeof text === 'string' &&
  text !== '' &&
  text.length <= MAX_SUBJECT_LENGTH &&
  text.isWellFormed() &&
  !text.includes('\0');

/** The last instant that a Date can hold. */
const MAX_DATE_MS = 8.64e15;

/** Verifies one token. @throws {TokenRefusedError} with the reason; {KeysUnavailableError} */
export const newVerifier =
  ({ keys, issuer, audience, algorithms, rolesClaim, clock }: TokenRequirements) =>
  async (token: string): Promise<VerifiedToken> => {
    const options = {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp'],
      currentDate: clock(),
    };
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      // The cause is dropped, because it would bring the claims into the program's log.
      throw error instanceof errors.JOSEError ? new TokenRefusedError(`${error.code}: ${error.message}`) : error;
    });
    const { sub: subject, exp = 0 } = payload;
    if (!isSubject(subject)) {
      throw new TokenRefusedError('The claim "sub" is not a text of 1 to 255 characters.');
    }
    const expiresAt = new Date(Math.min(exp * 1000, MAX_DATE_MS));
    return { issuer, subject, person: personIn(payload), roles: rolesIn(payload, rolesClaim), expiresAt };
  };
