import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64 } from './base64.js';
import { isKeyName } from './key-name.js';
import { MalformedError } from './malformed-error.js';

/** Identifies a key: two keys of one name have different ids. */
interface NoteKey {
  readonly name: string;
  /** Four bytes, in hexadecimal. */
  readonly id: string;
}

/** The public half of a key, which verifies signatures. */
export interface VerifierKey extends NoteKey {
  verify(text: string, signature: Uint8Array): boolean;
  /** The published form: `name+id+base64`. */
  readonly encoded: string;
}

/** The private half of a key. Whoever has its encoded form can sign as its owner. */
export interface SignerKey extends NoteKey {
  sign(text: string): Buffer;
  /** The stored form: `PRIVATE+KEY+name+id+base64`. */
  readonly encoded: string;
  readonly verifier: VerifierKey;
}

/** C2SP signed-note: the number of the signature algorithm. */
const ED25519_ALGORITHM = 0x01;
const KEY_BYTES = 32;
const SIGNER_KEY_PREFIX = 'PRIVATE+KEY+';

/** The bytes before an Ed25519 seed in PKCS #8 (RFC 8410 section 7). They are the same for every key. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** C2SP signed-note: SHA-256(name || 0x0A || algorithm || public key)[:4]. */
const idOf = (name: string, publicKey: Uint8Array): string =>
  createHash('sha256')
    .update(`${name}\n`, 'utf8')
    .update(Buffer.of(ED25519_ALGORITHM))
    .update(publicKey)
    .digest('hex')
    .slice(0, 8);

const encodeKey = ({ name, id }: NoteKey, key: Uint8Array): string =>
  `${name}+${id}+${Buffer.concat([Buffer.of(ED25519_ALGORITHM), key]).toString('base64')}`;

function verifierOf(name: string, publicKey: Buffer): VerifierKey {
  const id = idOf(name, publicKey);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk',
  });
  return {
    name,
    id,
    encoded: encodeKey({ name, id }, publicKey),
    verify: (text, signature) => verify(null, Buffer.from(text, 'utf8'), key, signature),
  };
}

function signerOf(name: string, seed: Buffer): SignerKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const verifier = verifierOf(name, publicKeyOf(key));
  const { id } = verifier;
  return {
    name,
    id,
    encoded: `${SIGNER_KEY_PREFIX}${encodeKey({ name, id }, seed)}`,
    verifier,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), key),
  };
}

function publicKeyOf(key: KeyObject): Buffer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('An Ed25519 key always has a public half.');
  return Buffer.from(x, 'base64url');
}

/** A new key under a name. @throws {MalformedError} when the name cannot be one. */
export function newSignerKey(name: string): SignerKey {
  if (!isKeyName(name)) {
    throw new MalformedError(
      `'${name}' cannot be the name of a key: it must not be empty, nor hold a space or a plus.`,
    );
  }
  return signerOf(name, randomBytes(KEY_BYTES));
}

/** Reads the encoded form of a public key. @throws {MalformedError} */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, key } = partsOf(text, 'verifier');
  return withId(verifierOf(name, key), id);
}

/** Reads the encoded form of a private key. @throws {MalformedError} whose message holds nothing of the key */
export function parseSignerKey(text: string): SignerKey {
  if (!text.startsWith(SIGNER_KEY_PREFIX)) {
    throw new MalformedError(
      "This is no signer key: it would be spelled 'PRIVATE+KEY+<name>+<8 hexadecimal digits>+<base64>'.",
    );
  }
  const { name, id, key } = partsOf(text.slice(SIGNER_KEY_PREFIX.length), 'signer');
  return withId(signerOf(name, key), id);
}

function partsOf(text: string, what: string): { readonly name: string; readonly id: string; readonly key: Buffer } {
  // The base64 may hold a plus of its own; the name may not.
  const [, name = '', id = '', base64 = ''] = /^([^+]*)\+([\da-f]{8})\+(.*)$/s.exec(text) ?? [];
  const bytes = fromBase64(base64);
  if (!isKeyName(name) || bytes?.length !== KEY_BYTES + 1) {
    throw new MalformedError(
      `This is no ${what} key: after any prefix it would be spelled '<name>+<8 hexadecimal digits>+<base64 of 33 bytes>'.`,
    );
  }
  if (bytes[0] !== ED25519_ALGORITHM)
    throw new MalformedError(`The key '${name}' is not an Ed25519 key; no other can be used here.`);
  return { name, id, key: bytes.subarray(1) };
}

function withId<K extends NoteKey>(key: K, id: string): K {
  if (key.id === id) return key;
  throw new MalformedError(`The key '${key.name}' has the id ${key.id}, not ${id}: a sign of it was changed.`);
}
