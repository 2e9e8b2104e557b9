import { StoreUnusableError } from '../errors.js';
import type { WriteTransaction } from '../sqlite/transaction.js';
import { NONE, positionText, type Connection } from './connection.js';
import type { IndexFile } from './index-file.js';
import type { NativeCommit, Sequencer } from './sequencer.js';

/** How many commits are applied in one transaction of the index, so that memory does not hold them all. */
const MAX_BATCH_COUNT = 100;

interface CatchUpOptions {
  readonly connection: Connection;
  readonly index: IndexFile;
  readonly transaction: WriteTransaction;
  readonly sequencer: Sequencer;
  readonly stream: string;
  readonly place: string;
}

/** Applies the commits of the native stream that the index does not hold yet. */
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
        // Another process that uses the same index may have applied the commit first.
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
