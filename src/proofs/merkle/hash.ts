import { hash } from 'node:crypto';

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** RFC 6962 section 2.1: the root of a tree without leaves is the hash of nothing. */
export const emptyRoot = (): Buffer => sha256(new Uint8Array());

/** RFC 6962 section 2.1: an interior node is SHA-256 over a byte of one and the nodes below it. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  // One buffer and one call: this runs once for each event, and a load has a million events.
  const node = new Uint8Array(1 + left.length + right.length);
  node[0] = 1;
  node.set(left, 1);
  node.set(right, 1 + left.length);
  return sha256(node);
}
