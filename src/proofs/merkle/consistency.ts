import { assertCount } from './assert-count.js';
import { emptyRoot, nodeHash } from './hash.js';
import { splitPointOf, hashesOf, type LeafRange, type SubtreeHashes } from './subtree.js';

/**
 * The consistency proof between the trees over the first `first` and the first `second` leaves: PROOF(m, D[n]) of RFC 6962
 * section 2.1.2. It is empty when the first tree has no leaves, and when both trees are the same.
 * @throws {RangeError} when the second tree is smaller
 */
export async function consistencyPath(first: number, second: number, source: SubtreeHashes): Promise<Buffer[]> {
  assertCount('The size of the second tree', second);
  assertCount('The size of the first tree', first, second);
  if (first === 0 || first === second) return [];
  const nodes: LeafRange[] = [];
  let start = 0;
  let end = second;
  while (end !== first) {
    const middle = start + splitPointOf(end - start);
    if (first <= middle) {
      nodes.push({ start: middle, end });
      end = middle;
    } else {
      nodes.push({ start, end: middle });
      start = middle;
    }
  }
  // At the left edge this subtree is the first tree itself, and the verifier has its root already.
  if (start > 0) nodes.push({ start, end });
  return hashesOf(nodes.toReversed(), source);
}

export interface ConsistencyClaim {
  /** The number of leaves of the earlier and of the later tree. */
  readonly first: number;
  readonly second: number;
  readonly firstRoot: Uint8Array;
  readonly secondRoot: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/**
 * Whether the path proves that the second tree begins with the first: RFC 9162 section 2.1.4.2. Two trees of one size must
 * have the same root, and every tree begins with the tree without leaves; in both cases the path must be empty.
 */
export function verifyConsistency({ first, second, firstRoot, secondRoot, path }: ConsistencyClaim): boolean {
  if (!Number.isSafeInteger(second) || !Number.isSafeInteger(first) || first < 0 || first > second) return false;
  if (first === second) return path.length === 0 && Buffer.from(firstRoot).equals(secondRoot);
  if (first === 0) return path.length === 0 && emptyRoot().equals(firstRoot);
  if (path.length === 0) return false;

  const [start = firstRoot, ...rest] = isPowerOfTwo(first) ? [firstRoot, ...path] : path;
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let earlier: Buffer = Buffer.from(start);
  let later = earlier;
  for (const node of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      earlier = nodeHash(node, earlier);
      later = nodeHash(node, later);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      later = nodeHash(later, node);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && earlier.equals(firstRoot) && later.equals(secondRoot);
}

const isPowerOfTwo = (count: number): boolean => count === 1 || splitPointOf(count) * 2 === count;
