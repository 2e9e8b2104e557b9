import { newBatchQueue, type BatchItem, type BatchQueue } from '../concurrency/batch-queue.js';
import type { AppendResult } from './port.js';

/** How many appends share one transaction at most: it holds up the event loop, and other processes. */
const MAX_GROUP_COUNT = 500;

export type QueuedAppend<Prepared> = BatchItem<Prepared, AppendResult>;

/**
 * What uses the writing connection of a log, one after the other. Appends that wait at the same time share a transaction, since
 * waiting for the disk is most of the cost of an append.
 * @param appendGroup must settle each append of the group, and must not reject
 */
export const newAppendQueue = <Prepared>(
  appendGroup: (group: readonly QueuedAppend<Prepared>[]) => Promise<void>,
): BatchQueue<Prepared, AppendResult> =>
  newBatchQueue<Prepared, AppendResult>({ runBatch: appendGroup, maxBatchCount: MAX_GROUP_COUNT });
