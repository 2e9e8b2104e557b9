import { createHash } from 'node:crypto';

/** RFC 6962 section 2.1: the root of a tree without leaves is the hash of nothing. */
export const emptyRoot = (): Buffer => createHash('sha256').digest();

/** RFC 6962 section 2.1: an interior node is SHA-256 over a byte of one and the nodes below it. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update('\x01').update(left).update(right).digest();
