import { leavesAt } from './subtree.js';

/**
 * A log keeps the hashes of complete subtrees from this level up, since the event that completed them. What is below follows
 * from the leaf hashes of one block, which stand beside its events.
 */
export const BLOCK_LEVEL = 8;

/** So many events make a block. */
export const BLOCK = leavesAt(BLOCK_LEVEL);
