import { emptyRoot, nodeHash } from './hash.js';

/**
 * A complete subtree of the Merkle tree: the leaves [index · 2^level, (index + 1) · 2^level), counted from 0. Leaf i is the
 * event at position i + 1. Its hash never changes once its leaves were added.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Returns the hashes of complete subtrees, in their order. */
export type SubtreeHashes = (subtrees: readonly Subtree[]) => Promise<readonly Buffer[]>;

/** A range of leaves, counted from 0: [start, end). */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The number of leaves below a node of this level. It can exceed 32 bits, so no bit shift is used. */
export const leavesAt = (level: number): number => 2 ** level;

/** The greatest power of two less than the size: where RFC 6962 splits a tree of two leaves or more. */
export function splitPointOf(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

/** The complete subtrees that make up the leaves below one node, from left to right: the largest first. */
export function completeSubtrees({ start, end }: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  let level = Math.floor(Math.log2(Math.max(1, end - start))) + 1;
  for (let from = start; from < end; level -= 1) {
    const leaves = leavesAt(level);
    if (from + leaves > end) continue;
    subtrees.push({ level, index: from / leaves });
    from += leaves;
  }
  return subtrees;
}

/** The hash of a range from the hashes of its complete subtrees, in the order of `completeSubtrees`. */
export const hashAbove = (hashes: readonly Buffer[]): Buffer =>
  hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right));

/** The hashes of several ranges, with one call to the source. */
export async function hashesOf(ranges: readonly LeafRange[], source: SubtreeHashes): Promise<Buffer[]> {
  const parts = ranges.map(completeSubtrees);
  const hashes = await source(parts.flat());
  let taken = 0;
  return parts.map((part) => hashAbove(hashes.slice(taken, (taken += part.length))));
}
