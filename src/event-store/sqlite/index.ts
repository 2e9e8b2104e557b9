import { resolve } from 'node:path';
import { newEventStore } from '../engine.js';
import { newLogWatcher } from '../log-watcher.js';
import type { EventStore } from '../port.js';
import { prepareAppend } from '../prepared-append.js';
import { newStoreGate } from '../store-gate.js';
import { newGroupAppender } from './append-group.js';
import { newCheckpointReader, newCheckpointWriter } from './checkpoints.js';
import { newEventReads } from './event-reads.js';
import { newEventFinder } from './find-events.js';
import { newHistoryLoader } from './load-history.js';
import { openLogFile } from './log-file.js';
import { newRequestReader } from './requests.js';
import { toStoreError } from './store-error.js';
import { newWriteTransaction } from './transaction.js';
import { newSubtreeReader } from './tree.js';

export interface SqliteEventStoreOptions {
  /** Created, with its directory, if it does not exist. */
  readonly file: string;
  /** What time it is; the machine's clock unless something else is given. */
  readonly clock?: () => Date;
}

/** How often to look for appends of other processes, of which no message tells. */
const POLL_INTERVAL_MS = 100;

/**
 * The log in an SQLite file on a local disk. Several processes may have it open; one writes at a time.
 * @throws {StoreUnusableError} when the file cannot be created or written, is damaged, is not a log, or is newer than this program.
 */
export function openSqliteEventStore({ file, clock = () => new Date() }: SqliteEventStoreOptions): EventStore {
  const path = resolve(file);
  const { writer, reader } = openLogFile(path);
  const lastPosition = reader.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const headPosition = (): number => lastPosition.get() ?? 0;
  const watcher = newLogWatcher({
    headPosition: headPosition(),
    readHeadPosition: async () => headPosition(),
    pollIntervalMs: POLL_INTERVAL_MS,
  });
  const onCommit = (): void => watcher.notifyHead(headPosition());
  const transaction = newWriteTransaction(writer);
  const loadHistory = newHistoryLoader(writer, transaction, clock);
  const keepCheckpoint = newCheckpointWriter(writer, transaction);

  const gate = newStoreGate({
    toStoreError: (error) => toStoreError(path, error),
    async release() {
      await watcher.stop();
      reader.close();
      // The last connection to close folds the write-ahead log into the file.
      writer.close();
    },
  });

  return newEventStore({
    gate,
    reads: {
      ...newEventReads(reader),
      find: newEventFinder(reader),
      findRequest: newRequestReader(reader),
      subtreeHashes: newSubtreeReader(reader),
      checkpoints: newCheckpointReader(reader),
    },
    prepareAppend,
    appendGroup: newGroupAppender(writer, transaction, clock, onCommit),
    async loadHistory(history, options) {
      const result = await loadHistory(history, options);
      onCommit();
      return result;
    },
    keepCheckpoint: (checkpoint, runExclusive) => runExclusive(() => keepCheckpoint(checkpoint)),
    watcher,
  });
}
