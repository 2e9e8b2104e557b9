import { SignJWT } from 'jose';
import type { Role } from './role.js';
import type { SigningKey } from './signing-key.js';

/** The algorithm of our own tokens: EdDSA with Ed25519 (RFC 8037). */
export const OWN_ALGORITHM = 'EdDSA';

export interface TokenContent {
  readonly actor: string;
  readonly roles: readonly Role[];
  readonly issuer: string;
  readonly audience: string;
  /** The claim that roles are read from. */
  readonly rolesClaim: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

const inSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** Signs a token. The token names its actor by an opaque id, so whoever gets hold of the token learns no name. */
export const issueToken = (content: TokenContent, { id, key }: SigningKey): Promise<string> =>
  new SignJWT({ [content.rolesClaim]: [...content.roles] })
    .setProtectedHeader({ alg: OWN_ALGORITHM, kid: id, typ: 'JWT' })
    .setIssuer(content.issuer)
    .setAudience(content.audience)
    .setSubject(content.actor)
    .setIssuedAt(inSeconds(content.issuedAt))
    .setExpirationTime(inSeconds(content.expiresAt))
    .sign(key);
