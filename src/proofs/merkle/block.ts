import { leavesAt } from './subtree.js';

/**
 * A log stores the hash of each complete subtree of this level and above when its last event is appended. The hashes of lower
 * levels are computed from the leaf hashes of one block, which are stored with its events.
 */
export const BLOCK_LEVEL = 8;

/** The number of events in a block. */
export const BLOCK_LEAF_COUNT = leavesAt(BLOCK_LEVEL);
