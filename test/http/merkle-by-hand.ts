import { createHash, createPublicKey, verify } from 'node:crypto';

/** The proofs of RFC 6962 and the notes of C2SP once more, written from the specifications for those who check. */

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256')).digest();
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);
export const leafOf = (canonical: string): Buffer => sha256(Buffer.of(0), Buffer.from(canonical, 'utf8'));

const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** MTH of section 2.1. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const left = split(leaves.length);
  return node(rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

/** The root that a path of section 2.1.1 leads to, computed top down. */
export function rootByPath(index: number, size: number, leaf: Buffer, path: readonly Buffer[]): Buffer {
  const last = path.at(-1);
  if (size === 1 || !last) {
    if (size === 1 && !last) return leaf;
    throw new Error('The path has another length than the way through the tree.');
  }
  const left = split(size);
  const rest = path.slice(0, -1);
  return index < left
    ? node(rootByPath(index, left, leaf, rest), last)
    : node(last, rootByPath(index - left, size - left, leaf, rest));
}

/** The two roots that a proof of section 2.1.2 stands for. */
export function rootsByProof(
  first: number,
  second: number,
  proof: readonly Buffer[],
  known: Buffer,
  whole = true,
): [Buffer, Buffer] {
  if (first === second) {
    const [only] = whole ? [known] : proof;
    if (!only) throw new Error('The proof is too short.');
    return [only, only];
  }
  const last = proof.at(-1);
  if (!last) throw new Error('The proof is too short.');
  const left = split(second);
  const rest = proof.slice(0, -1);
  if (first <= left) {
    const [before, after] = rootsByProof(first, left, rest, known, whole);
    return [before, node(after, last)];
  }
  const [before, after] = rootsByProof(first - left, second - left, rest, known, false);
  return [node(last, before), node(last, after)];
}

export const bytesOf = (hex: readonly string[]): Buffer[] => hex.map((each) => Buffer.from(each, 'hex'));

/** What a checkpoint says, if the key signed it. */
export function readCheckpoint(note: string, vkey: string): { origin: string; size: number; root: string } {
  const [name = '', id = '', ...base64] = vkey.split('+');
  const key = Buffer.from(base64.join('+'), 'base64').subarray(1);
  const [text = '', signatures = ''] = note.split('\n\n');
  const line = signatures.split('\n').find((each) => {
    const [, who, signature = ''] = each.split(' ');
    return who === name && Buffer.from(signature, 'base64').toString('hex', 0, 4) === id;
  });
  const signature = Buffer.from(line?.split(' ')[2] ?? '', 'base64').subarray(4);
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') },
    format: 'jwk',
  });
  if (!verify(null, Buffer.from(`${text}\n`, 'utf8'), publicKey, signature))
    throw new Error('The signature is not good.');
  const [origin = '', size = '', root = ''] = text.split('\n');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
}
