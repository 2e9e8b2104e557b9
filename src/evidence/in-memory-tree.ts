import { nodeHash } from '../proofs/merkle/hash.js';
import type { SubtreeHashes } from '../proofs/merkle/subtree.js';

const HASH_LENGTH = 32;

/**
 * The hashes of all complete subtrees over these leaves, one level after the other: 64 bytes an event. A pack has a proof
 * for most events, and a log that is asked for one path at a time computes the same hashes over and over.
 * @param leaves the hashes of the leaves, one after the other
 */
export function newInMemoryTree(leaves: Buffer): SubtreeHashes {
  const levels = [leaves];
  for (let below = leaves; below.length >= 2 * HASH_LENGTH;) {
    const level = Buffer.alloc(Math.floor(below.length / (2 * HASH_LENGTH)) * HASH_LENGTH);
    for (let at = 0; at < level.length; at += HASH_LENGTH)
      nodeHash(hashAt(below, 2 * at), hashAt(below, 2 * at + HASH_LENGTH)).copy(level, at);
    levels.push(level);
    below = level;
  }
  return async (subtrees) =>
    subtrees.map(({ level, index }) => hashAt(levels[level] ?? Buffer.alloc(0), index * HASH_LENGTH));
}

const hashAt = (hashes: Buffer, at: number): Buffer => hashes.subarray(at, at + HASH_LENGTH);
