import { describe, expect, it } from 'vitest';
import { consistencyPath, verifyConsistency } from '../../../src/proofs/merkle/consistency.js';
import { inclusionPath, verifyInclusion } from '../../../src/proofs/merkle/inclusion.js';
import { rootAt } from '../../../src/proofs/merkle/root.js';
import type { Subtree } from '../../../src/proofs/merkle/subtree.js';
import { newTree } from '../../../src/proofs/merkle/tree.js';
import { at, naiveLeaf, naiveRoot, naiveSubtrees, numberedLeaves } from '../../support/naive-tree.js';

/** The entries, roots and paths that the certificate transparency project publishes for RFC 6962. */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const published = {
  roots: [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
  paths: [
    { leafIndex: 0, size: 1, path: [] },
    {
      leafIndex: 0,
      size: 8,
      path: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      leafIndex: 5,
      size: 8,
      path: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    { leafIndex: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    {
      leafIndex: 1,
      size: 5,
      path: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
  proofs: [
    { first: 1, second: 1, path: [] },
    {
      first: 1,
      second: 8,
      path: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      first: 6,
      second: 8,
      path: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      first: 2,
      second: 5,
      path: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
};

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

describe('the tree of the published examples', () => {
  const leaves = entries.map((entry) => naiveLeaf(Buffer.from(entry, 'hex')));
  const rootOf = (size: number): Buffer => Buffer.from(at(published.roots, size - 1), 'hex');

  it('has the published roots', async () => {
    const tree = newTree();
    expect(tree.root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [index, leaf] of leaves.entries()) {
      tree.add(leaf);
      expect(tree.size).toBe(index + 1);
      expect(tree.root().toString('hex')).toBe(published.roots[index]);
      expect((await rootAt(index + 1, naiveSubtrees(leaves))).toString('hex')).toBe(published.roots[index]);
    }
  });

  it('has the published paths', async () => {
    for (const { leafIndex, size, path } of published.paths) {
      const made = await inclusionPath(leafIndex, size, naiveSubtrees(leaves));
      expect(hex(made)).toEqual(path);
      const claim = { leafIndex, size, leafHash: at(leaves, leafIndex), path: made, root: rootOf(size) };
      expect(verifyInclusion(claim)).toBe(true);
    }
  });

  it('has the published proofs of consistency', async () => {
    for (const { first, second, path } of published.proofs) {
      const made = await consistencyPath(first, second, naiveSubtrees(leaves));
      expect(hex(made)).toEqual(path);
      const claim = { first, second, firstRoot: rootOf(first), secondRoot: rootOf(second), path: made };
      expect(verifyConsistency(claim)).toBe(true);
    }
  });
});

describe('a tree of any size from 1 to 2000', () => {
  const leaves = numberedLeaves(2000);
  const memo = new Map<string, Buffer>();
  const roots = Array.from({ length: 2001 }, (_, size) => naiveRoot(leaves, memo, 0, size));
  const source = naiveSubtrees(leaves, memo);

  it('has the root of its definition', async () => {
    const tree = newTree();
    for (let size = 0; size <= 2000; size += 1) {
      expect(tree.root().equals(at(roots, size))).toBe(true);
      expect((await rootAt(size, source)).equals(at(roots, size))).toBe(true);
      if (size < 2000) tree.add(at(leaves, size));
    }
  });

  it('tells of each subtree when it is complete, also when it goes on from somewhere', async () => {
    for (const from of [0, 1, 255, 256, 1000, 1999]) {
      const edge = hex(await source(edgeOf(from)));
      const told: string[] = [];
      const tree = newTree(({ level, index }, hash) => told.push(`${level} ${index} ${hash.toString('hex')}`), {
        size: from,
        hashes: edge.map((hash) => Buffer.from(hash, 'hex')),
      });
      const expected: string[] = [];
      for (const leaf of leaves.slice(from)) {
        tree.add(leaf);
        for (let level = 1; tree.size % 2 ** level === 0; level += 1) {
          const subtree = { level, index: tree.size / 2 ** level - 1 };
          expected.push(`${level} ${subtree.index} ${hex(await source([subtree]))[0]}`);
        }
      }
      expect(told).toEqual(expected);
      expect(tree.root().equals(at(roots, 2000))).toBe(true);
    }
  });
});

/** The complete subtrees of the whole tree, by the binary digits of its size. */
function edgeOf(size: number): Subtree[] {
  const subtrees: Subtree[] = [];
  let from = 0;
  for (let level = 11; level >= 0; level -= 1) {
    const leaves = 2 ** level;
    if (from + leaves > size) continue;
    subtrees.push({ level, index: from / leaves });
    from += leaves;
  }
  return subtrees;
}
