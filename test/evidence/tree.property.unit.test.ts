import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLeaf, newTree, rootOfInclusion, rootsOfConsistency } from '../../verifier/verify.mjs';
import { at, naiveLeaf, naivePath, naiveProof, naiveRoot } from '../support/naive-tree.js';

const entries = Array.from({ length: 2000 }, (_, index) => Buffer.from(`entry ${index}`));
const leaves = entries.map(naiveLeaf);

/** The hashes of subtrees, which the trees of all sizes share. */
const memo = new Map<string, Buffer>();

const rootOf = (size: number): Buffer => naiveRoot(leaves, memo, 0, size);

/** A size, and another that is not greater. */
const sizes = fc
  .integer({ min: 1, max: leaves.length })
  .chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 1, max: size })));

/** A path of which one hash was changed, one was left out, or one was added. */
const changes = (path: readonly Buffer[], where: number): Buffer[][] => {
  const index = where % (path.length + 1);
  const added = path.toSpliced(index, 0, at(leaves, where));
  return path.length === 0
    ? [added]
    : [added, path.toSpliced(index % path.length, 1), path.with(index % path.length, at(leaves, where))];
};

const outcome = <T>(work: () => T): T | 'refused' => {
  try {
    return work();
  } catch {
    return 'refused';
  }
};

describe('the tree of the verifier', () => {
  it('has the roots of RFC 6962 at every size up to 300', () => {
    const tree = newTree();
    for (let size = 0; size <= 300; size += 1) {
      expect(tree.root().equals(rootOf(size)), `at size ${size}`).toBe(true);
      tree.add(hashLeaf(at(entries, size)));
    }
  });

  it('follows an inclusion proof to the root, and no other proof', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1999), ([size, position], where) => {
        const index = position - 1;
        const path = naivePath(index, leaves, memo, 0, size);
        const root = rootOf(size);
        const leafHash = at(leaves, index);
        expect(rootOfInclusion({ index, size, leafHash, path }).equals(root)).toBe(true);
        for (const changed of changes(path, where)) {
          const found = outcome(() => rootOfInclusion({ index, size, leafHash, path: changed }));
          expect(
            found === 'refused' || !found.equals(root) || changed.every((hash, at) => hash.equals(path[at] as Buffer)),
          ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('follows a consistency proof to both roots, and no other proof', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1999), ([second, first], where) => {
        const path = first === second ? [] : naiveProof(first, leaves, memo, 0, second);
        const [firstRoot, secondRoot] = [rootOf(first), rootOf(second)];
        const leads = (candidate: readonly Buffer[]): boolean => {
          const found = outcome(() => rootsOfConsistency({ first, second, firstRoot, path: candidate }));
          return (
            found !== 'refused' && found.firstRoot.equals(firstRoot) && found.secondRoot?.equals(secondRoot) === true
          );
        };
        expect(leads(path)).toBe(true);
        for (const changed of changes(path, where)) {
          if (changed.length === path.length && changed.every((hash, at) => hash.equals(path[at] as Buffer))) continue;
          expect(leads(changed)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('begins every log with the tree without leaves, and needs no hashes for that', () => {
    const firstRoot = rootOf(0);
    expect(rootsOfConsistency({ first: 0, second: 7, firstRoot, path: [] }).firstRoot.equals(firstRoot)).toBe(true);
    expect(() => rootsOfConsistency({ first: 0, second: 7, firstRoot, path: [at(leaves, 0)] })).toThrow(
      'none are needed',
    );
    expect(() => rootsOfConsistency({ first: 8, second: 7, firstRoot, path: [] })).toThrow('fewer');
  });
});
