import { nodeHash } from './hash.js';
import { completeSubtrees, hashAbove, type Subtree } from './subtree.js';

/** A Merkle tree that grows leaf by leaf. It keeps at most one hash for each level. */
export interface GrowingTree {
  readonly size: number;
  add(leafHash: Buffer): void;
  /** RFC 6962 section 2.1 over all leaves so far. */
  root(): Buffer;
}

/** The state of an existing tree, to add leaves to. */
export interface TreeStart {
  readonly size: number;
  /** The hashes of `completeSubtrees({ start: 0, end: size })`. */
  readonly hashes: readonly Buffer[];
}

/** @param onComplete is called with each subtree of more than one leaf when its last leaf is added, the smallest first. */
export function newTree(
  onComplete: (subtree: Subtree, hash: Buffer) => void = () => {},
  start: TreeStart = { size: 0, hashes: [] },
): GrowingTree {
  let size = start.size;
  /** The complete subtrees that the tree consists of, the largest first. */
  const edge = [...start.hashes];
  if (edge.length !== completeSubtrees({ start: 0, end: size }).length) {
    throw new Error(`A tree of ${size} leaves does not consist of ${edge.length} complete subtrees.`);
  }
  return {
    get size() {
      return size;
    },
    add(leafHash) {
      let hash = leafHash;
      let level = 0;
      for (let index = size; index % 2 === 1;) {
        const left = edge.pop();
        if (left === undefined) break;
        index = (index - 1) / 2;
        level += 1;
        hash = nodeHash(left, hash);
        onComplete({ level, index }, hash);
      }
      edge.push(hash);
      size += 1;
    },
    root: () => hashAbove(edge),
  };
}
