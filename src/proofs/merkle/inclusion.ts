import { assertCount } from './assert-count.js';
import { nodeHash } from './hash.js';
import { splitPointOf, hashesOf, type LeafRange, type SubtreeHashes } from './subtree.js';

/**
 * The inclusion proof of a leaf in the tree over the first `size` leaves: PATH(m, D[n]) of RFC 6962 section 2.1.1, the node
 * next to the leaf first. @throws {RangeError} when the tree has no such leaf
 */
export async function inclusionPath(leafIndex: number, size: number, source: SubtreeHashes): Promise<Buffer[]> {
  assertCount('The size of a tree', size);
  assertCount('The index of a leaf', leafIndex, size - 1);
  const siblings: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPointOf(end - start);
    if (leafIndex < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return hashesOf(siblings.toReversed(), source);
}

export interface InclusionClaim {
  /** The index of the leaf, counted from 0. */
  readonly leafIndex: number;
  /** The number of leaves of the tree. */
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the path leads from the leaf to the root: RFC 9162 section 2.1.3.2. */
export function verifyInclusion({ leafIndex, size, leafHash, path, root }: InclusionClaim): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(leafIndex) || leafIndex < 0 || leafIndex >= size) {
    return false;
  }
  let fn = leafIndex;
  let sn = size - 1;
  let hash: Buffer = Buffer.from(leafHash);
  for (const node of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(node, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, node);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && hash.equals(root);
}
