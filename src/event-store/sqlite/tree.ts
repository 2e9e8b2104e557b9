import type Database from 'better-sqlite3';
import { StoreUnusableError } from '../errors.js';
import type { EventStore } from '../port.js';
import { checkSubtree, frontierOf, hashLeaves, leafRangeOf, resumeTree } from '../log-tree.js';
import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../../proofs/merkle/block.js';
import type { Subtree } from '../../proofs/merkle/subtree.js';

const hashesBetween = 'SELECT hash FROM event WHERE position > ? AND position <= ? ORDER BY position';
const keptHash = 'SELECT hash FROM subtree WHERE level = ? AND idx = ?';

const damaged = (what: string): StoreUnusableError =>
  new StoreUnusableError('CORRUPT', `The log is damaged: it lacks ${what}. Restore a backup.`);

/**
 * Stores the hashes of all subtrees that are complete at that position, from the block up, including those that
 * another release left out. It runs in the transaction that appends the event at the position.
 */
export function newTreeWriter(db: Database.Database): (position: number) => void {
  const blocks = db
    .prepare<[], number>(`SELECT ifnull(max(idx) + 1, 0) FROM subtree WHERE level = ${BLOCK_LEVEL}`)
    .pluck();
  const kept = db.prepare<[number, number], Buffer>(keptHash).pluck();
  const leaves = db.prepare<[number, number], Buffer>(hashesBetween).pluck();
  const insert = db.prepare('INSERT INTO subtree (level, idx, hash) VALUES (?, ?, ?)');

  function edgeHash({ level, index }: Subtree): Buffer {
    const hash = kept.get(level, index);
    if (hash === undefined) throw damaged(`the hash of subtree ${index} of level ${level}`);
    return hash;
  }

  return (position) => {
    const begin = blocks.get() ?? 0;
    const end = Math.floor(position / BLOCK_LEAF_COUNT);
    if (begin >= end) return;
    const tree = resumeTree(begin, frontierOf(begin).map(edgeHash), ({ level, index, hash }) => {
      insert.run(level, index, hash);
    });
    while (tree.size < end * BLOCK_LEAF_COUNT) {
      const block = leaves.all(tree.size, tree.size + BLOCK_LEAF_COUNT);
      if (block.length < BLOCK_LEAF_COUNT) throw damaged(`events after position ${tree.size}`);
      for (const leaf of block) tree.add(leaf);
    }
  };
}

/** Whether the log holds all events of the blocks whose hashes are stored. */
export const hasAllEventsOfTree = (db: Database.Database): boolean =>
  db
    .prepare<[], 0 | 1>(
      `SELECT ifnull((SELECT max(idx) + 1 FROM subtree WHERE level = ${BLOCK_LEVEL}), 0) * ${BLOCK_LEAF_COUNT}
         <= ifnull((SELECT max(position) FROM event), 0)`,
    )
    .pluck()
    .get() === 1;

/** The hashes of subtrees: stored ones, and the rest computed from the leaves. */
export function newSubtreeReader(db: Database.Database): EventStore['subtreeHashes'] {
  const head = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const kept = db.prepare<[number, number], Buffer>(keptHash).pluck();
  const leaves = db.prepare<[number, number], Buffer>(hashesBetween).pluck();

  function hashOf(subtree: Subtree): Buffer {
    const known = subtree.level < BLOCK_LEVEL ? undefined : kept.get(subtree.level, subtree.index);
    if (known !== undefined) return known;
    const { start, end } = leafRangeOf(subtree);
    const { count, hash } = hashLeaves(leaves.iterate(start, end));
    if (count !== end - start) throw damaged(`events after position ${start}`);
    return hash;
  }

  return async (subtrees) => {
    const position = head.get() ?? 0;
    for (const subtree of subtrees) checkSubtree(subtree, position);
    return subtrees.map(hashOf);
  };
}
