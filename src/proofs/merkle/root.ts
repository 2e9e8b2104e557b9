import { assertCount } from './assert-count.js';
import { completeSubtrees, hashAbove, type SubtreeHashes } from './subtree.js';

/** The root of the tree over the first `size` leaves: MTH(D[size]) of RFC 6962 section 2.1. @throws {RangeError} */
export async function rootAt(size: number, source: SubtreeHashes): Promise<Buffer> {
  assertCount('The size of a tree', size);
  return hashAbove(await source(completeSubtrees({ start: 0, end: size })));
}
