import { BLOCK_LEVEL } from '../merkle/block.js';
import { emptyRoot, nodeHash } from '../merkle/hash.js';
import { leavesAt, type Subtree } from '../merkle/subtree.js';
import { newTree } from '../merkle/tree.js';
import type { LogFault } from './log-fault.js';

/** Finds the hash that a log stores of a subtree; null when it stores none. */
export type FindSubtreeHash = (subtree: Subtree) => Promise<Buffer | null>;

/** A size and a root that were signed: the tree over the first `size` events had this root. */
export interface SignedTreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

interface TreeVerifier {
  /** Adds the leaf hash of the next event. */
  add(leafHash: Buffer): Promise<LogFault[]>;
  /** The faults of signed sizes beyond the last event. */
  end(): LogFault[];
  root(): Buffer;
}

/**
 * Rebuilds the tree from the leaf hashes. A stored hash is compared with the stored hashes of its children, and only at the
 * lowest stored level with the leaves, so that one wrong hash is one fault and not another one at every level above.
 */
export function newTreeVerifier(
  findSubtreeHash: FindSubtreeHash | undefined,
  treeHeads: readonly SignedTreeHead[],
): TreeVerifier {
  const completed: { readonly subtree: Subtree; readonly hash: Buffer }[] = [];
  const tree = newTree((subtree, hash) => completed.push({ subtree, hash }));
  const pendingTreeHeads = treeHeads.toSorted((a, b) => a.size - b.size);
  /** The last size at which the root was the signed one. */
  let verifiedSize = 0;
  /** A tree that differs at one size differs at every later one: a log that is signed hourly would have thousands of faults. */
  let differs = false;

  async function faultsOfStoredHashes(find: FindSubtreeHash): Promise<LogFault[]> {
    const faults: LogFault[] = [];
    for (const { subtree, hash } of completed) {
      const { level, index } = subtree;
      if (level < BLOCK_LEVEL) continue;
      const childHashes = level === BLOCK_LEVEL ? [] : await Promise.all(childrenOf(subtree).map(find));
      const [left, right] = childHashes;
      const expected = left && right ? nodeHash(left, right) : hash;
      const stored = await find(subtree);
      if (stored?.equals(expected)) continue;
      const leafCount = leavesAt(level);
      faults.push({
        position: index * leafCount + 1,
        message:
          `is the first of ${leafCount} events whose hash in the tree ` +
          (stored ? 'is not what theirs come to' : 'is not there'),
      });
    }
    return faults;
  }

  function faultsOfTreeHeads(): LogFault[] {
    const faults: LogFault[] = [];
    const root = pendingTreeHeads[0]?.size === tree.size ? tree.root() : emptyRoot();
    for (let next = pendingTreeHeads[0]; next?.size === tree.size; next = pendingTreeHeads[0]) {
      pendingTreeHeads.shift();
      if (root.equals(next.root)) {
        verifiedSize = next.size;
        differs = false;
        continue;
      }
      if (differs) continue;
      differs = true;
      faults.push({
        position: Math.max(1, Math.min(verifiedSize + 1, next.size)),
        message: `or one of those after it up to position ${next.size} is not what it was when the first ${next.size} were signed`,
      });
    }
    return faults;
  }

  return {
    async add(leafHash) {
      const faultsOfEmptyTree = tree.size === 0 ? faultsOfTreeHeads() : [];
      tree.add(leafHash);
      const faults = findSubtreeHash ? await faultsOfStoredHashes(findSubtreeHash) : [];
      completed.length = 0;
      return [...faultsOfEmptyTree, ...faults, ...faultsOfTreeHeads()];
    },
    end: () => [
      ...(tree.size === 0 ? faultsOfTreeHeads() : []),
      ...pendingTreeHeads.slice(-1).map(({ size }) => ({
        position: tree.size + 1,
        message: `is not there, though the first ${size} were signed`,
      })),
    ],
    root: () => tree.root(),
  };
}

const childrenOf = ({ level, index }: Subtree): Subtree[] =>
  [2 * index, 2 * index + 1].map((each) => ({ level: level - 1, index: each }));
