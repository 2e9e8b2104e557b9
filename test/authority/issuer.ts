import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, type JWK } from 'jose';

const pairs = {
  EdDSA: () => generateKeyPairSync('ed25519'),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** An identity provider with one key. */
export interface Issuer {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Its public key, for a JSON Web Key Set. */
  readonly jwk: JWK;
  /** A token that is valid for an hour, but for what is said otherwise. A claim that is undefined is left out. */
  token(
    claims?: Readonly<Record<string, unknown>>,
    header?: { readonly alg?: string; readonly kid?: string },
  ): Promise<string>;
}

export const inSeconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

export function newIssuer(kid = 'first', alg: keyof typeof pairs = 'EdDSA'): Issuer {
  const { privateKey, publicKey } = pairs[alg]();
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...(publicKey.export({ format: 'jwk' }) as JWK), kid },
    token(claims = {}, header = {}) {
      const usual = {
        iss: 'https://id.example.org',
        aud: 'peildatum',
        sub: 'user-1',
        exp: inSeconds(3600),
        roles: ['recorder'],
      };
      const payload = Object.fromEntries(
        Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
      );
      return new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
    },
  };
}
