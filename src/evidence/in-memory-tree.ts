import { nodeHash } from '../proofs/merkle/hash.js';
import type { SubtreeHashes } from '../proofs/merkle/subtree.js';

const HASH_BYTES = 32;

/**
 * The hashes of all complete subtrees over these leaves, in memory: 64 bytes for each event. A pack has a proof for most
 * events, and a log would compute the same hashes again for each proof.
 * @param leaves the concatenated hashes of the leaves
 */
export function newInMemoryTree(leaves: Buffer): SubtreeHashes {
  const levels = [leaves];
  for (let below = leaves; below.length >= 2 * HASH_BYTES;) {
    const level = Buffer.alloc(Math.floor(below.length / (2 * HASH_BYTES)) * HASH_BYTES);
    for (let at = 0; at < level.length; at += HASH_BYTES)
      nodeHash(hashAt(below, 2 * at), hashAt(below, 2 * at + HASH_BYTES)).copy(level, at);
    levels.push(level);
    below = level;
  }
  return async (subtrees) =>
    subtrees.map(({ level, index }) => hashAt(levels[level] ?? Buffer.alloc(0), index * HASH_BYTES));
}

const hashAt = (hashes: Buffer, at: number): Buffer => hashes.subarray(at, at + HASH_BYTES);
