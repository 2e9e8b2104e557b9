import { describe, expect, it } from 'vitest';
import { consistencyPath, verifyConsistency } from '../../../src/proofs/merkle/consistency.js';
import { inclusionPath, verifyInclusion } from '../../../src/proofs/merkle/inclusion.js';
import { at, naivePath, naiveProof, naiveRoot, naiveSubtrees, numberedLeaves } from '../../support/naive-tree.js';

const areEqual = (some: readonly Buffer[], others: readonly Buffer[]): boolean =>
  some.length === others.length && some.every((hash, index) => hash.equals(at(others, index)));

/** All below 70; of larger ones those where something changes, and some between. */
const sampled = (size: number): number[] => {
  if (size <= 70) return Array.from({ length: size }, (_, index) => index);
  const powers = [0, 1, 2, 63, 64, 65, 255, 256, 257, 511, 512, 1023, 1024, 1025, size >> 1, (size * 5) >> 3];
  return [...new Set([...powers, size - 65, size - 2, size - 1])].filter((index) => index >= 0 && index < size);
};

// A call of expect takes longer than what is checked. So the tests collect what is wrong, and expect nothing of it.
describe('a tree of any size from 1 to 2000', () => {
  const leaves = numberedLeaves(2000);
  const memo = new Map<string, Buffer>();
  const roots = Array.from({ length: 2001 }, (_, size) => naiveRoot(leaves, memo, 0, size));
  const source = naiveSubtrees(leaves, memo);

  it('gives paths as they are defined, which lead to its root and to no other', async () => {
    const wrong: object[] = [];
    for (let size = 1; size <= 2000; size += 1) {
      const root = at(roots, size);
      for (const leafIndex of sampled(size)) {
        const path = await inclusionPath(leafIndex, size, source);
        const claim = { leafIndex, size, leafHash: at(leaves, leafIndex), path, root };
        const holds = {
          path: areEqual(path, naivePath(leafIndex, leaves, memo, 0, size)),
          verifies: verifyInclusion(claim),
          refusesOtherRoot: !verifyInclusion({ ...claim, root: at(roots, size - 1) }),
          refusesOtherLeaf: !verifyInclusion({ ...claim, leafHash: at(leaves, (leafIndex + 1) % 2000) }),
        };
        if (Object.values(holds).includes(false)) wrong.push({ size, leafIndex, ...holds });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('gives proofs of consistency as they are defined, which hold between its two roots and no others', async () => {
    const wrong: object[] = [];
    for (let second = 2; second <= 2000; second += 1) {
      for (const first of sampled(second).slice(1)) {
        const path = await consistencyPath(first, second, source);
        const claim = { first, second, firstRoot: at(roots, first), secondRoot: at(roots, second), path };
        const holds = {
          path: areEqual(path, naiveProof(first, leaves, memo, 0, second)),
          verifies: verifyConsistency(claim),
          refusesOtherFirst: !verifyConsistency({ ...claim, firstRoot: at(roots, first - 1) }),
          refusesOtherSecond: !verifyConsistency({ ...claim, secondRoot: at(roots, second - 1) }),
        };
        if (Object.values(holds).includes(false)) wrong.push({ first, second, ...holds });
      }
    }
    expect(wrong).toEqual([]);
  });
});
