import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyPath, verifyConsistency } from '../../../src/proofs/merkle/consistency.js';
import { nodeHash } from '../../../src/proofs/merkle/hash.js';
import { inclusionPath, verifyInclusion } from '../../../src/proofs/merkle/inclusion.js';
import { rootAt } from '../../../src/proofs/merkle/root.js';
import type { Subtree } from '../../../src/proofs/merkle/subtree.js';
import { at, naivePath, naiveProof, naiveRoot, naiveSubtrees, numberedLeaves } from '../../support/naive-tree.js';

const leaves = numberedLeaves(100_000);
const memo = new Map<string, Buffer>();
const source = naiveSubtrees(leaves, memo);

/** A tree of up to 2^53 equal leaves: its hashes need no leaves to be there. */
const equalLeaves = numberedLeaves(1);
for (let level = 1; level <= 53; level += 1)
  equalLeaves.push(nodeHash(at(equalLeaves, level - 1), at(equalLeaves, level - 1)));
const equal = async (subtrees: readonly Subtree[]): Promise<Buffer[]> =>
  subtrees.map(({ level }) => at(equalLeaves, level));

/** Two numbers, the smaller first. */
const ordered = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most })).map(([a, b]) => ({
    small: Math.min(a, b),
    large: Math.max(a, b),
  }));

/** One bit of one hash is another. */
const flipped = (hash: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(hash);
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return copy;
};

/** What can be wrong with a path: a bit, one too many at either end, one too few, two that changed places. */
const damaged = (path: readonly Buffer[], nth: number, bit: number): Buffer[][] => {
  const others = [
    [...path, at(leaves, 7)],
    [at(leaves, 7), ...path],
  ];
  if (path.length > 0) {
    const place = nth % path.length;
    others.push(path.with(place, flipped(at(path, place), bit)), path.slice(1), path.slice(0, -1));
    others.push(path.with(place, at(path, place).subarray(0, 31)));
  }
  if (path.length > 1) others.push([at(path, 1), at(path, 0), ...path.slice(2)]);
  return others;
};

const bits = fc.integer({ min: 0, max: 255 });

describe('a tree of random size', () => {
  it('proves what is in it, and nothing when any of the proof is changed', async () => {
    await fc.assert(
      fc.asyncProperty(ordered(0, 99_999), fc.nat(20), bits, async ({ small: leafIndex, large }, place, bit) => {
        const size = large + 1;
        const root = naiveRoot(leaves, memo, 0, size);
        expect(await rootAt(size, source)).toEqual(root);
        const path = await inclusionPath(leafIndex, size, source);
        expect(path).toEqual(naivePath(leafIndex, leaves, memo, 0, size));
        const claim = { leafIndex, size, leafHash: at(leaves, leafIndex), path, root };
        expect(verifyInclusion(claim)).toBe(true);
        for (const other of damaged(path, place, bit)) expect(verifyInclusion({ ...claim, path: other })).toBe(false);
        expect(verifyInclusion({ ...claim, leafHash: flipped(claim.leafHash, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flipped(root, bit) })).toBe(false);
        const another = leafIndex === 0 ? size - 1 : leafIndex - 1;
        expect(verifyInclusion({ ...claim, leafIndex: another })).toBe(another === leafIndex);
      }),
      { numRuns: 300 },
    );
  });

  it('proves that it only grew, and nothing when any of the proof is changed', async () => {
    await fc.assert(
      fc.asyncProperty(ordered(1, 100_000), fc.nat(20), bits, async ({ small: first, large: second }, place, bit) => {
        fc.pre(first < second);
        const [firstRoot, secondRoot] = [first, second].map((size) => naiveRoot(leaves, memo, 0, size)) as [
          Buffer,
          Buffer,
        ];
        const path = await consistencyPath(first, second, source);
        expect(path).toEqual(naiveProof(first, leaves, memo, 0, second));
        const claim = { first, second, firstRoot, secondRoot, path };
        expect(verifyConsistency(claim)).toBe(true);
        for (const other of damaged(path, place, bit)) expect(verifyConsistency({ ...claim, path: other })).toBe(false);
        expect(verifyConsistency({ ...claim, firstRoot: flipped(firstRoot, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, secondRoot: flipped(secondRoot, bit) })).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('may have more leaves than 32 bits count', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    await fc.assert(
      fc.asyncProperty(ordered(2 ** 32 - 2, most - 1), bits, async ({ small, large }, bit) => {
        const [first, second] = [small, large + 1];
        const [firstRoot, secondRoot] = [await rootAt(first, equal), await rootAt(second, equal)];
        const grown = { first, second, firstRoot, secondRoot, path: await consistencyPath(first, second, equal) };
        expect(verifyConsistency(grown)).toBe(true);
        expect(verifyConsistency({ ...grown, secondRoot: flipped(secondRoot, bit) })).toBe(false);
        const path = await inclusionPath(small, second, equal);
        const included = { leafIndex: small, size: second, leafHash: at(equalLeaves, 0), path, root: secondRoot };
        expect(verifyInclusion(included)).toBe(true);
        expect(verifyInclusion({ ...included, leafHash: flipped(at(equalLeaves, 0), bit) })).toBe(false);
      }),
    );
  });
});

describe('a proof', () => {
  it('of a tree to itself, and from the tree without leaves, needs no hashes and takes none', async () => {
    const [empty, root, other] = [0, 9, 8].map((size) => naiveRoot(leaves, memo, 0, size)) as [Buffer, Buffer, Buffer];
    for (const [first, firstRoot] of [
      [0, empty],
      [9, root],
    ] as const) {
      expect(await consistencyPath(first, 9, source)).toEqual([]);
      const claim = { first, second: 9, firstRoot, secondRoot: root, path: [] };
      expect(verifyConsistency(claim)).toBe(true);
      expect(verifyConsistency({ ...claim, path: [root] })).toBe(false);
      expect(verifyConsistency({ ...claim, firstRoot: other })).toBe(false);
    }
  });

  it('is refused for what no tree has', async () => {
    await expect(inclusionPath(9, 9, source)).rejects.toThrow(RangeError);
    await expect(inclusionPath(-1, 9, source)).rejects.toThrow(RangeError);
    await expect(inclusionPath(0, 0, source)).rejects.toThrow(RangeError);
    await expect(inclusionPath(0.5, 9, source)).rejects.toThrow(RangeError);
    await expect(consistencyPath(10, 9, source)).rejects.toThrow(RangeError);
    await expect(consistencyPath(-1, 9, source)).rejects.toThrow(RangeError);
    await expect(rootAt(-1, source)).rejects.toThrow(RangeError);
    await expect(rootAt(2 ** 53, source)).rejects.toThrow(RangeError);
  });

  it('of what no tree has proves nothing', () => {
    const root = at(leaves, 0);
    for (const [leafIndex, size] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0.5, 1],
      [0, 1.5],
      [Number.NaN, 1],
      [0, Infinity],
    ] as const) {
      expect(verifyInclusion({ leafIndex, size, leafHash: root, path: [], root })).toBe(false);
    }
    for (const [first, second] of [
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [1, Infinity],
    ] as const) {
      const claim = { first, second, firstRoot: root, secondRoot: root };
      expect(verifyConsistency({ ...claim, path: [] })).toBe(false);
      expect(verifyConsistency({ ...claim, path: [root] })).toBe(false);
    }
  });
});
