import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../proofs/merkle/block.js';
import { completeSubtrees, leavesAt, type LeafRange, type Subtree } from '../proofs/merkle/subtree.js';
import { newTree, type GrowingTree } from '../proofs/merkle/tree.js';

export interface StoredSubtree extends Subtree {
  readonly hash: Buffer;
}

export const leafRangeOf = ({ level, index }: Subtree): LeafRange => ({
  start: index * leavesAt(level),
  end: (index + 1) * leavesAt(level),
});

/** @throws {RangeError} for what is no subtree, or does not lie wholly within a log that ends there */
export function checkSubtree(subtree: Subtree, position: number): void {
  const { level, index } = subtree;
  const { end } = leafRangeOf(subtree);
  const isSubtree = Number.isSafeInteger(level) && level >= 0 && Number.isSafeInteger(index) && index >= 0;
  if (isSubtree && end <= position) return;
  throw new RangeError(
    `A log of ${position} events has no complete subtree ${index} of level ${level}, which would end at position ${end}.`,
  );
}

/** The hash of a complete subtree, computed from its leaves. */
export function hashLeaves(leaves: Iterable<Buffer>): { readonly count: number; readonly hash: Buffer } {
  const tree = newTree();
  for (const leaf of leaves) tree.add(leaf);
  return { count: tree.size, hash: tree.root() };
}

/** The complete subtrees from whose hashes a tree of that many blocks can go on growing. */
export const frontierOf = (blocks: number): Subtree[] => completeSubtrees({ start: 0, end: blocks * BLOCK_LEAF_COUNT });

/**
 * A tree that goes on growing after the stored blocks.
 * @param keep is called with each subtree whose hash must be stored from now on
 */
export const resumeTree = (
  blocks: number,
  edge: readonly Buffer[],
  keep: (subtree: StoredSubtree) => void,
): GrowingTree =>
  newTree(
    ({ level, index }, hash) => {
      if (level >= BLOCK_LEVEL) keep({ level, index, hash });
    },
    { size: blocks * BLOCK_LEAF_COUNT, hashes: edge },
  );
