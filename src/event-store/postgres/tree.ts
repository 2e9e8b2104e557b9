import type { PoolClient } from 'pg';
import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../../proofs/merkle/block.js';
import type { Subtree } from '../../proofs/merkle/subtree.js';
import { newTree, type GrowingTree } from '../../proofs/merkle/tree.js';
import { StoreUnusableError } from '../errors.js';
import type { Head } from '../port.js';
import { checkSubtree, edgeOf, hashOfLeaves, leavesOf, treeAfter, type KeptSubtree } from '../log-tree.js';
import { ask, type Asked } from '../../postgres/query.js';
import { reads } from './event-reads.js';

/** So many leaf hashes are read at a time. */
const PAGE = 5000;

const blocksKept = {
  name: 'blocks kept',
  text: `SELECT coalesce(max(idx) + 1, 0) AS blocks FROM subtree WHERE level = ${BLOCK_LEVEL}`,
};

const keptHashes = {
  name: 'kept hashes',
  text: `
    SELECT asked.at, hash FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS asked (level, idx, at)
    JOIN subtree USING (level, idx)`,
};

const leavesBetween = {
  name: 'leaves between',
  text: 'SELECT hash FROM event WHERE position > $1 AND position <= $2 ORDER BY position',
};

/** Of small parts of the log, each within a block. */
const leavesWithin = {
  name: 'leaves within',
  text: `
    SELECT asked.at, hash FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS asked (after, until, at)
    CROSS JOIN LATERAL (SELECT position, hash FROM event WHERE position > after AND position <= until) AS leaf
    ORDER BY asked.at, position`,
};

const keep = {
  name: 'keep subtrees',
  text: `
    INSERT INTO subtree (level, idx, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
};

/** The questions above, each of which is a seek for each thing that is asked. */
export const treeReads = { blocksKept, keptHashes, leavesBetween, leavesWithin };

const damaged = (what: string): StoreUnusableError =>
  new StoreUnusableError('CORRUPT', `The log is damaged: it lacks ${what}. Restore a backup.`);

/** How many blocks a log of so many events has. */
const blocksOf = (position: number): number => Math.floor(position / BLOCK_LEAF_COUNT);

async function blocksIn(asked: Asked): Promise<number> {
  const [{ blocks } = { blocks: 0 }] = await ask<{ blocks: number }>(asked, blocksKept);
  return blocks;
}

/** By their places in the question; what is not kept is left out. */
async function hashesKept(asked: Asked, subtrees: readonly Subtree[]): Promise<Map<number, Buffer>> {
  const rows = await ask<{ at: number; hash: Buffer }>(asked, keptHashes, [
    subtrees.map(({ level }) => level),
    subtrees.map(({ index }) => index),
  ]);
  return new Map(rows.map(({ at, hash }) => [at - 1, hash]));
}

/** The leaf hashes after one position and up to another, in the order of the log. */
async function* leafHashes(asked: Asked, after: number, until: number): AsyncGenerator<Buffer> {
  for (let from = after; from < until; from += PAGE) {
    const rows = await ask<{ hash: Buffer }>(asked, leavesBetween, [from, Math.min(from + PAGE, until)]);
    if (rows.length < Math.min(PAGE, until - from)) throw damaged(`events after position ${from}`);
    for (const { hash } of rows) yield hash;
  }
}

/** Keeps hashes of subtrees, in one transaction that has the log locked. */
export interface TreeKeeper {
  /**
   * Takes in leaves that come after that position. Once they complete a block, the hashes of all subtrees from the block up
   * that are complete are kept. Where another release has left some out, they are made up for.
   */
  add(asked: Asked, after: number, leaves: readonly Buffer[]): Promise<void>;
  /** Makes up for what is not kept of the log up to that position. */
  makeUp(asked: Asked, position: number): Promise<void>;
}

export function treeKeeper(): TreeKeeper {
  let tree: GrowingTree | null = null;
  let complete: KeptSubtree[] = [];

  async function begin(asked: Asked, blocks: number): Promise<GrowingTree> {
    const edge = edgeOf(blocks);
    const hashes = await hashesKept(asked, edge);
    const known = edge.map(({ level, index }, at) => {
      const hash = hashes.get(at);
      if (hash === undefined) throw damaged(`the hash of subtree ${index} of level ${level}`);
      return hash;
    });
    return treeAfter(blocks, known, (subtree) => complete.push(subtree));
  }

  async function write(asked: Asked): Promise<void> {
    const subtrees = complete;
    complete = [];
    if (subtrees.length === 0) return;
    await ask(asked, keep, [
      subtrees.map(({ level }) => level),
      subtrees.map(({ index }) => index),
      subtrees.map(({ hash }) => hash),
    ]);
  }

  async function makeUp(asked: Asked, growing: GrowingTree, position: number): Promise<void> {
    for await (const leaf of leafHashes(asked, growing.size, position)) {
      growing.add(leaf);
      if (complete.length >= PAGE) await write(asked);
    }
    await write(asked);
  }

  return {
    async add(asked, after, leaves) {
      // As with most appends: then nobody need look.
      const end = blocksOf(after + leaves.length);
      if (tree === null && blocksOf(after) === end) return;
      if (tree === null) {
        const blocks = await blocksIn(asked);
        if (blocks >= end) return;
        tree = await begin(asked, blocks);
      }
      await makeUp(asked, tree, after);
      for (const leaf of leaves) tree.add(leaf);
      await write(asked);
    },
    async makeUp(asked, position) {
      tree ??= await begin(asked, await blocksIn(asked));
      await makeUp(asked, tree, position);
    },
  };
}

/** Keeps what is not kept yet of a log that an earlier release has written: all of it or nothing. */
export async function catchUpTree(client: PoolClient): Promise<void> {
  const end = async (): Promise<number> => (await ask<Head>(client, reads.head))[0]?.position ?? 0;
  if ((await blocksIn(client)) >= blocksOf(await end())) return;
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    // Of several processes one does it, and the others then find it done. Who appends waits.
    await client.query('SELECT position FROM log_end FOR UPDATE');
    await treeKeeper().makeUp(client, await end());
    await client.query('COMMIT');
  } catch (error) {
    // Where the connection is gone, so is the transaction.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The hashes of subtrees: those that are kept, and else by the leaves. @throws {RangeError} */
export async function subtreeHashes(asked: Asked, subtrees: readonly Subtree[]): Promise<readonly Buffer[]> {
  const [{ position } = { position: 0 }] = await ask<Head>(asked, reads.head);
  for (const subtree of subtrees) checkSubtree(subtree, position);
  const found = await hashesKept(asked, subtrees);
  const within = await hashesWithin(asked, subtrees);
  const hashes: Buffer[] = [];
  for (const [at, subtree] of subtrees.entries()) {
    hashes.push(found.get(at) ?? within.get(at) ?? (await hashAcross(asked, subtree)));
  }
  return hashes;
}

/** Of the subtrees that lie within a block, by their places in the question. */
async function hashesWithin(asked: Asked, subtrees: readonly Subtree[]): Promise<Map<number, Buffer>> {
  const small = [...subtrees.entries()].filter(([, { level }]) => level < BLOCK_LEVEL);
  const hashes = new Map<number, Buffer>();
  if (small.length === 0) return hashes;
  const ranges = small.map(([, subtree]) => leavesOf(subtree));
  const rows = await ask<{ at: number; hash: Buffer }>(asked, leavesWithin, [
    ranges.map(({ start }) => start),
    ranges.map(({ end }) => end),
  ]);
  const leaves = Map.groupBy(rows, ({ at }) => at - 1);
  for (const [nth, [at, subtree]] of small.entries()) {
    const { start, end } = leavesOf(subtree);
    const { count, hash } = hashOfLeaves((leaves.get(nth) ?? []).map((row) => row.hash));
    if (count !== end - start) throw damaged(`events after position ${start}`);
    hashes.set(at, hash);
  }
  return hashes;
}

async function hashAcross(asked: Asked, subtree: Subtree): Promise<Buffer> {
  const { start, end } = leavesOf(subtree);
  const tree = newTree();
  for await (const leaf of leafHashes(asked, start, end)) tree.add(leaf);
  return tree.root();
}
