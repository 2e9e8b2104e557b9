import type { Fault } from './log-fault.js';
import { emptyRoot, nodeHash } from '../merkle/hash.js';
import { BLOCK_LEVEL } from '../merkle/block.js';
import { leavesAt, type Subtree } from '../merkle/subtree.js';
import { newTree } from '../merkle/tree.js';

/** The hash that a log keeps of a subtree; null: it keeps none. */
export type KeptHash = (subtree: Subtree) => Promise<Buffer | null>;

/** What somebody signed of a log: it had so many events, and their tree that root. */
export interface Signed {
  readonly size: number;
  readonly root: Uint8Array;
}

interface TreeJudge {
  /** Takes in the hash of the next event. */
  add(leafHash: Buffer): Promise<Fault[]>;
  /** What was signed of events that have not come. */
  end(): Fault[];
  root(): Buffer;
}

/**
 * Builds the tree anew by the leaf hashes. A hash that is kept is held against those that are kept below it, and only at the
 * lowest level against the leaves: so one wrong hash is one fault, and not another one for all above it.
 */
export function newTreeJudge(kept: KeptHash | undefined, signed: readonly Signed[]): TreeJudge {
  const complete: { readonly subtree: Subtree; readonly hash: Buffer }[] = [];
  const tree = newTree((subtree, hash) => complete.push({ subtree, hash }));
  const waiting = signed.toSorted((a, b) => a.size - b.size);
  /** The last size at which the root was the one that was signed. */
  let proven = 0;
  /** What does not agree at one size agrees at no later one: a log that is signed each hour would have thousands of faults. */
  let contradicted = false;

  async function faultsOfKept(kept: KeptHash): Promise<Fault[]> {
    const faults: Fault[] = [];
    for (const { subtree, hash } of complete) {
      const { level, index } = subtree;
      if (level < BLOCK_LEVEL) continue;
      const below = level === BLOCK_LEVEL ? [] : await Promise.all(children(subtree).map(kept));
      const [left, right] = below;
      const expected = left && right ? nodeHash(left, right) : hash;
      const found = await kept(subtree);
      if (found?.equals(expected)) continue;
      const leaves = leavesAt(level);
      faults.push({
        position: index * leaves + 1,
        message:
          `is the first of ${leaves} events whose hash in the tree ` +
          (found ? 'is not what theirs come to' : 'is not there'),
      });
    }
    return faults;
  }

  function faultsOfSigned(): Fault[] {
    const faults: Fault[] = [];
    const root = waiting[0]?.size === tree.size ? tree.root() : emptyRoot();
    for (let next = waiting[0]; next?.size === tree.size; next = waiting[0]) {
      waiting.shift();
      if (root.equals(next.root)) {
        proven = next.size;
        contradicted = false;
        continue;
      }
      if (contradicted) continue;
      contradicted = true;
      faults.push({
        position: Math.max(1, Math.min(proven + 1, next.size)),
        message: `or one of those after it up to position ${next.size} is not what it was when the first ${next.size} were signed`,
      });
    }
    return faults;
  }

  return {
    async add(leafHash) {
      const before = tree.size === 0 ? faultsOfSigned() : [];
      tree.add(leafHash);
      const faults = kept ? await faultsOfKept(kept) : [];
      complete.length = 0;
      return [...before, ...faults, ...faultsOfSigned()];
    },
    end: () => [
      ...(tree.size === 0 ? faultsOfSigned() : []),
      ...waiting.slice(-1).map(({ size }) => ({
        position: tree.size + 1,
        message: `is not there, though the first ${size} were signed`,
      })),
    ],
    root: () => tree.root(),
  };
}

const children = ({ level, index }: Subtree): Subtree[] =>
  [2 * index, 2 * index + 1].map((each) => ({ level: level - 1, index: each }));
