import type { PoolClient } from 'pg';
import { BLOCK_LEAF_COUNT, BLOCK_LEVEL } from '../../proofs/merkle/block.js';
import type { Subtree } from '../../proofs/merkle/subtree.js';
import { newTree, type GrowingTree } from '../../proofs/merkle/tree.js';
import { StoreUnusableError } from '../errors.js';
import type { Head } from '../port.js';
import { checkSubtree, frontierOf, hashLeaves, leafRangeOf, resumeTree, type StoredSubtree } from '../log-tree.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { reads } from './event-reads.js';

/** How many leaf hashes are read at a time. */
const PAGE_SIZE = 5000;

const storedBlockCount = {
  name: 'blocks kept',
  text: `SELECT coalesce(max(idx) + 1, 0) AS blocks FROM subtree WHERE level = ${BLOCK_LEVEL}`,
};

const storedHashes = {
  name: 'kept hashes',
  text: `
    SELECT wanted.at, hash FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS wanted (level, idx, at)
    JOIN subtree USING (level, idx)`,
};

const leavesBetween = {
  name: 'leaves between',
  text: 'SELECT hash FROM event WHERE position > $1 AND position <= $2 ORDER BY position',
};

/** Leaves of small ranges, each within a block. */
const leavesWithin = {
  name: 'leaves within',
  text: `
    SELECT wanted.at, hash FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS wanted (after, until, at)
    CROSS JOIN LATERAL (SELECT position, hash FROM event WHERE position > after AND position <= until) AS leaf
    ORDER BY wanted.at, position`,
};

const keep = {
  name: 'keep subtrees',
  text: `
    INSERT INTO subtree (level, idx, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
};

/** The reads above. Each is a seek for each item. */
export const treeReads = { storedBlockCount, storedHashes, leavesBetween, leavesWithin };

const damaged = (what: string): StoreUnusableError =>
  new StoreUnusableError('CORRUPT', `The log is damaged: it lacks ${what}. Restore a backup.`);

/** The number of complete blocks in a log of that length. */
const blocksOf = (position: number): number => Math.floor(position / BLOCK_LEAF_COUNT);

async function readStoredBlockCount(db: Queryable): Promise<number> {
  const [{ blocks } = { blocks: 0 }] = await runQuery<{ blocks: number }>(db, storedBlockCount);
  return blocks;
}

/** Stored hashes by the index of the subtree in the argument. Subtrees that are not stored are left out. */
async function readStoredHashes(db: Queryable, subtrees: readonly Subtree[]): Promise<Map<number, Buffer>> {
  const rows = await runQuery<{ at: number; hash: Buffer }>(db, storedHashes, [
    subtrees.map(({ level }) => level),
    subtrees.map(({ index }) => index),
  ]);
  return new Map(rows.map(({ at, hash }) => [at - 1, hash]));
}

/** The leaf hashes after one position and up to another, in the order of the log. */
async function* leafHashes(db: Queryable, after: number, until: number): AsyncGenerator<Buffer> {
  for (let from = after; from < until; from += PAGE_SIZE) {
    const rows = await runQuery<{ hash: Buffer }>(db, leavesBetween, [from, Math.min(from + PAGE_SIZE, until)]);
    if (rows.length < Math.min(PAGE_SIZE, until - from)) throw damaged(`events after position ${from}`);
    for (const { hash } of rows) yield hash;
  }
}

/** Stores hashes of subtrees, in one transaction that has the log locked. */
export interface TreeWriter {
  /**
   * Adds the leaves after a position. Once they complete a block, the hashes of all complete subtrees from the block
   * up are stored, including those that another release left out.
   */
  add(db: Queryable, after: number, leaves: readonly Buffer[]): Promise<void>;
  /** Stores the hashes that are missing up to that position. */
  catchUp(db: Queryable, position: number): Promise<void>;
}

export function newTreeWriter(): TreeWriter {
  let tree: GrowingTree | null = null;
  let complete: StoredSubtree[] = [];

  async function begin(db: Queryable, blocks: number): Promise<GrowingTree> {
    const edge = frontierOf(blocks);
    const hashes = await readStoredHashes(db, edge);
    const known = edge.map(({ level, index }, at) => {
      const hash = hashes.get(at);
      if (hash === undefined) throw damaged(`the hash of subtree ${index} of level ${level}`);
      return hash;
    });
    return resumeTree(blocks, known, (subtree) => complete.push(subtree));
  }

  async function write(db: Queryable): Promise<void> {
    const subtrees = complete;
    complete = [];
    if (subtrees.length === 0) return;
    await runQuery(db, keep, [
      subtrees.map(({ level }) => level),
      subtrees.map(({ index }) => index),
      subtrees.map(({ hash }) => hash),
    ]);
  }

  async function catchUp(db: Queryable, growing: GrowingTree, position: number): Promise<void> {
    for await (const leaf of leafHashes(db, growing.size, position)) {
      growing.add(leaf);
      if (complete.length >= PAGE_SIZE) await write(db);
    }
    await write(db);
  }

  return {
    async add(db, after, leaves) {
      // Most appends complete no block, and need no read.
      const end = blocksOf(after + leaves.length);
      if (tree === null && blocksOf(after) === end) return;
      if (tree === null) {
        const blocks = await readStoredBlockCount(db);
        if (blocks >= end) return;
        tree = await begin(db, blocks);
      }
      await catchUp(db, tree, after);
      for (const leaf of leaves) tree.add(leaf);
      await write(db);
    },
    async catchUp(db, position) {
      tree ??= await begin(db, await readStoredBlockCount(db));
      await catchUp(db, tree, position);
    },
  };
}

/** Stores the hashes that are missing in a log of an earlier release: all of them or none. */
export async function catchUpTree(client: PoolClient): Promise<void> {
  const end = async (): Promise<number> => (await runQuery<Head>(client, reads.head))[0]?.position ?? 0;
  if ((await readStoredBlockCount(client)) >= blocksOf(await end())) return;
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    // One of several processes does it, and the others find it done. Appends wait meanwhile.
    await client.query('SELECT position FROM log_end FOR UPDATE');
    await newTreeWriter().catchUp(client, await end());
    await client.query('COMMIT');
  } catch (error) {
    // A lost connection has rolled back already.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The hashes of subtrees: stored ones, and the rest computed from the leaves. @throws {RangeError} */
export async function subtreeHashes(db: Queryable, subtrees: readonly Subtree[]): Promise<readonly Buffer[]> {
  const [{ position } = { position: 0 }] = await runQuery<Head>(db, reads.head);
  for (const subtree of subtrees) checkSubtree(subtree, position);
  const found = await readStoredHashes(db, subtrees);
  const within = await hashesWithin(db, subtrees);
  const hashes: Buffer[] = [];
  for (const [at, subtree] of subtrees.entries()) {
    hashes.push(found.get(at) ?? within.get(at) ?? (await hashAcross(db, subtree)));
  }
  return hashes;
}

/** The hashes of subtrees that lie within a block, by their index in the argument. */
async function hashesWithin(db: Queryable, subtrees: readonly Subtree[]): Promise<Map<number, Buffer>> {
  const small = [...subtrees.entries()].filter(([, { level }]) => level < BLOCK_LEVEL);
  const hashes = new Map<number, Buffer>();
  if (small.length === 0) return hashes;
  const ranges = small.map(([, subtree]) => leafRangeOf(subtree));
  const rows = await runQuery<{ at: number; hash: Buffer }>(db, leavesWithin, [
    ranges.map(({ start }) => start),
    ranges.map(({ end }) => end),
  ]);
  const leaves = Map.groupBy(rows, ({ at }) => at - 1);
  for (const [nth, [at, subtree]] of small.entries()) {
    const { start, end } = leafRangeOf(subtree);
    const { count, hash } = hashLeaves((leaves.get(nth) ?? []).map((row) => row.hash));
    if (count !== end - start) throw damaged(`events after position ${start}`);
    hashes.set(at, hash);
  }
  return hashes;
}

async function hashAcross(db: Queryable, subtree: Subtree): Promise<Buffer> {
  const { start, end } = leafRangeOf(subtree);
  const tree = newTree();
  for await (const leaf of leafHashes(db, start, end)) tree.add(leaf);
  return tree.root();
}
