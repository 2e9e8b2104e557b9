import { createHash } from 'node:crypto';
import type { Subtree } from '../../src/proofs/merkle/subtree.js';

/** The definitions of RFC 6962 section 2.1, word for word, over leaf hashes. They share nothing with src/proofs/. */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** d(0): the leaf hash of one entry. */
export const naiveLeaf = (entry: Uint8Array): Buffer => sha256(Buffer.from([0]), entry);

/** An item that is there. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is nothing at ${index}.`);
  return item;
}

const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** MTH(D[n]). What was computed is kept by its range in `memo`, which belongs to these leaves. */
export function naiveRoot(
  leaves: readonly Buffer[],
  memo = new Map<string, Buffer>(),
  start = 0,
  end = leaves.length,
): Buffer {
  const n = end - start;
  if (n === 0) return sha256();
  if (n === 1) return at(leaves, start);
  const key = `${start}-${end}`;
  const known = memo.get(key);
  if (known) return known;
  const k = split(n);
  const root = sha256(
    Buffer.from([1]),
    naiveRoot(leaves, memo, start, start + k),
    naiveRoot(leaves, memo, start + k, end),
  );
  memo.set(key, root);
  return root;
}

/** PATH(m, D[n]) */
export function naivePath(
  m: number,
  leaves: readonly Buffer[],
  memo = new Map<string, Buffer>(),
  start = 0,
  end = leaves.length,
): Buffer[] {
  const n = end - start;
  if (n === 1) return [];
  const k = split(n);
  return m < k
    ? [...naivePath(m, leaves, memo, start, start + k), naiveRoot(leaves, memo, start + k, end)]
    : [...naivePath(m - k, leaves, memo, start + k, end), naiveRoot(leaves, memo, start, start + k)];
}

/** PROOF(m, D[n]), for 0 < m < n */
export function naiveProof(
  m: number,
  leaves: readonly Buffer[],
  memo = new Map<string, Buffer>(),
  start = 0,
  end = leaves.length,
  whole = true,
): Buffer[] {
  const n = end - start;
  if (m === n) return whole ? [] : [naiveRoot(leaves, memo, start, end)];
  const k = split(n);
  return m <= k
    ? [...naiveProof(m, leaves, memo, start, start + k, whole), naiveRoot(leaves, memo, start + k, end)]
    : [...naiveProof(m - k, leaves, memo, start + k, end, false), naiveRoot(leaves, memo, start, start + k)];
}

/** The hashes of complete subtrees of a tree over these leaves. */
export function naiveSubtrees(leaves: readonly Buffer[], memo = new Map<string, Buffer>()) {
  return async (subtrees: readonly Subtree[]): Promise<Buffer[]> =>
    subtrees.map(({ level, index }) => {
      const width = 2 ** level;
      if ((index + 1) * width > leaves.length)
        throw new Error(`There is no complete subtree ${index} of level ${level}.`);
      return naiveRoot(leaves, memo, index * width, (index + 1) * width);
    });
}

/** Leaf hashes that are what they are by their number. */
export const numberedLeaves = (count: number, seed = ''): Buffer[] =>
  Array.from({ length: count }, (_, index) => naiveLeaf(Buffer.from(`${seed}${index}`)));
