import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { writeFileAtomicallySync } from '../files/durable-file.js';
import { ExpectedError } from '../../events/errors/expected-error.js';
import type { Vault } from './vault/port.js';

/** Where an installation keeps the key pair of its own tokens. */
export interface KeyFiles {
  readonly directory: string;
  /** The private key, as a JSON Web Key. New tokens are signed with it. */
  readonly signing: string;
  /** The public keys, as a JSON Web Key Set. Tokens are verified with all of them. */
  readonly published: string;
}

export interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
}

export const keyFilesIn = (dataDir: string): KeyFiles => {
  const directory = join(dataDir, 'keys');
  return { directory, signing: join(directory, 'signing.json'), published: join(directory, 'jwks.json') };
};

type PublicKey = Readonly<Record<'kty' | 'crv' | 'x', string>>;
type PrivateKey = PublicKey & Readonly<Record<'d' | 'kid', string>>;

/** The thumbprint of RFC 7638, for which the members stand in this order. */
const thumbprintOf = ({ crv, kty, x }: PublicKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');

const putJson = (path: string, content: unknown, mode: number): void =>
  writeFileAtomicallySync(path, `${JSON.stringify(content, null, 2)}\n`, mode);

const publishedIn = ({ published }: KeyFiles): readonly JWK[] =>
  existsSync(published) ? (JSON.parse(readFileSync(published, 'utf8')) as { keys: JWK[] }).keys : [];

// The public key is written first, so that a private key that exists can be used, wherever this was interrupted.
function makeKeyPair(files: KeyFiles): void {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as PublicKey &
    Readonly<Record<'d', string>>;
  const { kty, crv, x } = jwk;
  const kid = thumbprintOf(jwk);
  putJson(files.published, { keys: [...publishedIn(files), { kty, crv, x, kid, use: 'sig' }] }, 0o644);
  putJson(files.signing, { ...jwk, kid }, 0o600);
}

/** Makes the key pair if there is no private key yet, and restricts access to the private key to this user. */
export async function ensureKeyPair(files: KeyFiles, vault: Pick<Vault, 'runExclusive'>): Promise<void> {
  // Exclusively, so that of two processes that start, one makes the key pair and the other finds it.
  await vault.runExclusive(() => {
    mkdirSync(files.directory, { recursive: true, mode: 0o700 });
    chmodSync(files.directory, 0o700);
    if (existsSync(files.signing)) chmodSync(files.signing, 0o600);
    else makeKeyPair(files);
  });
}

/** Reads the key to sign with. @throws {ExpectedError} when it is not among the published keys, so that its tokens would be refused */
export function readSigningKey(files: KeyFiles): SigningKey {
  const { signing, published } = files;
  const jwk = JSON.parse(readFileSync(signing, 'utf8')) as PrivateKey;
  if (!publishedIn(files).some(({ kid }) => kid === jwk.kid)) {
    throw new ExpectedError(
      `The key in '${signing}' is not among the public keys in '${published}', so its tokens would be refused. ` +
        `Remove '${signing}' to have a new key made.`,
    );
  }
  return { id: jwk.kid, key: createPrivateKey({ key: { ...jwk }, format: 'jwk' }) };
}
