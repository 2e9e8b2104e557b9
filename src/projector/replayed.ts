import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadDatabase } from '../../projections/read-model.js';
import type { EventStore } from '../event-store/port.js';
import { openReadDatabase } from '../read-database/open.js';
import { liveVersion, tablesOf } from '../read-database/versions.js';
import { newFolds, project } from './batch.js';

const BATCH = 5000;

export interface Replay {
  readonly log: Pick<EventStore, 'readAll'>;
  /** The read models hold what was known at this position, and nothing of what came after. */
  readonly upTo: number;
  readonly onProgress?: (position: number, of: number) => void;
}

/** Does something with read models of the beginning of a log, which are made for it from the events and thrown away after it. */
export async function withReplayed<T>(
  { log, upTo, onProgress = () => {} }: Replay,
  work: (db: ReadDatabase) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-replayed-'));
  try {
    const database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.db') });
    try {
      const folds = newFolds();
      const version = (await liveVersion(database.writing))?.version ?? 0;
      for (let position = 0; position < upTo;) {
        const events = await log.readAll(position, Math.min(BATCH, upTo - position));
        await database.writing.transaction().execute((transaction) => project(transaction, version, folds, events));
        position = events.at(-1)?.position ?? upTo;
        onProgress(position, upTo);
      }
      return await work(tablesOf(database.reading, version));
    } finally {
      await database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
