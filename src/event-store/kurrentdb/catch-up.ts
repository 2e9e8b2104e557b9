import { StoreUnusableError } from '../errors.js';
import type { WriteTransaction } from '../sqlite/transaction.js';
import { NONE, positionText, type Connection } from './connection.js';
import type { IndexFile } from './index-file.js';
import type { NativeCommit, Sequencer } from './sequencer.js';

/** So many commits are folded in one transaction of the index at most, so that what is read does not pile up. */
const MAX_BATCH_COUNT = 100;

interface CatchUpOptions {
  readonly connection: Connection;
  readonly index: IndexFile;
  readonly transaction: WriteTransaction;
  readonly sequencer: Sequencer;
  readonly stream: string;
  readonly place: string;
}

/** Folds what the native stream holds beyond the index, from where the last one to do so has left it. */
export function newCatchUp({
  connection,
  index,
  transaction,
  sequencer,
  stream,
  place,
}: CatchUpOptions): () => Promise<void> {
  async function foldBatch(batch: readonly NativeCommit[]): Promise<void> {
    await transaction.begin();
    try {
      for (const commit of batch) {
        // Another process that has the same index may have been here first.
        if (commit.revision > index.last().revision) await sequencer.fold(commit);
      }
      transaction.commit();
    } finally {
      transaction.rollback();
    }
  }

  return async () => {
    const { revision } = index.last();
    const events = await connection.read(stream, revision + 1);
    if (events === null) {
      if (revision === NONE) return;
      throw new StoreUnusableError('CORRUPT', `The log at ${place} is gone from its server. Restore a backup of it.`);
    }
    let batch: NativeCommit[] = [];
    for await (const { revision: at, id, type, data, position } of events) {
      batch.push({ revision: Number(at), id, type, data, native: positionText(position) });
      if (batch.length < MAX_BATCH_COUNT) continue;
      await foldBatch(batch);
      batch = [];
    }
    if (batch.length > 0) await foldBatch(batch);
  };
}
