import DataLoader from 'dataloader';
import type { Subtree, SubtreeHashes } from '../../src/proofs/merkle/subtree.js';
import type { Context } from '../context.js';
import { defineLoader, defineLoaderAtPosition, oncePerRequest, perRequest, sameKey } from '../loaders.js';

/** Servers that sign at the same time keep a few checkpoints in another order than that of their sizes. */
const MISORDERED_CHECKPOINT_COUNT = 8;

export const eventAtPosition = defineLoader({
  nameOf: sameKey<number>,
  fetch: async (positions, { log }) =>
    new Map((await log.byPositions(positions)).map((event) => [event.position, event])),
});

/** The greatest revision of a stream by a position. */
export const revisionOfStream = defineLoaderAtPosition({
  nameOf: sameKey<string>,
  fetch: (streams, position, { log }) => log.revisionsAt(streams, position),
});

/** The last position of the log. */
export const headPosition = perRequest(async ({ log }) => (await log.head()).position);

const subtreeLoader = perRequest(
  ({ log }) =>
    new DataLoader<Subtree, Buffer, string>((subtrees) => log.subtreeHashes(subtrees), {
      cacheKeyFn: ({ level, index }) => `${level}:${index}`,
    }),
);

/** The hashes of subtrees of the log: those that several proofs ask for in one go are fetched together. */
export const subtreeHashesOf =
  (context: Context): SubtreeHashes =>
  (subtrees) =>
    Promise.all(subtrees.map((each) => subtreeLoader(context).load(each)));

/** The newest checkpoint that was signed. Null: there is none. */
export const newestCheckpoint = perRequest(({ signer }) => signer.newest());

/** The first checkpoint that was kept of this size or a greater one. */
export const checkpointCovering = oncePerRequest(
  async (from: number, { log }) => (await log.checkpoints({ from, limit: 1 }))[0] ?? null,
  sameKey,
);

/** The checkpoint of exactly this size. */
export const checkpointOfSize = oncePerRequest(async (size: number, { log }) => {
  const kept = await log.checkpoints({ from: size, limit: MISORDERED_CHECKPOINT_COUNT });
  return kept.find((each) => each.size === size) ?? null;
}, sameKey);
