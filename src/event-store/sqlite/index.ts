import { resolve } from 'node:path';
import { checkAppend } from '../event-validation.js';
import { checkCheckpoint } from '../checkpoint-validation.js';
import type { EventStore } from '../port.js';
import { prepareAppend } from './append.js';
import { newCheckpointWriter, newCheckpointReader } from './checkpoints.js';
import { toStoreError } from './store-error.js';
import { newEventFinder } from './find-events.js';
import { newGroupAppender } from './append-group.js';
import { newHistoryLoader } from './load-history.js';
import { openLogFile } from './log-file.js';
import { newEventReads } from './event-reads.js';
import { newWriteTransaction } from './transaction.js';
import { newRequestTable } from './requests.js';
import { newSubtreeReader } from './tree.js';
import { watchLog } from './watch.js';
import { newAppendQueue } from '../append-queue.js';

export interface SqliteEventStoreOptions {
  /** Created, with its directory, if it does not exist. */
  readonly file: string;
  /** What time it is; the machine's clock unless something else is given. */
  readonly clock?: () => Date;
}

/**
 * The log in an SQLite file on a local disk. Several processes may have it open; one writes at a time.
 * @throws {StoreUnusableError} when the file cannot be created or written, is damaged, is not a log, or is newer than this program.
 */
export function openSqliteEventStore({ file, clock = () => new Date() }: SqliteEventStoreOptions): EventStore {
  const path = resolve(file);
  const { writer, reader } = openLogFile(path);
  const explain = (error: unknown): unknown => toStoreError(path, error);
  const reads = newEventReads(reader);
  const requests = newRequestTable(reader);
  const find = newEventFinder(reader);
  const subtreeHashes = newSubtreeReader(reader);
  const checkpoints = newCheckpointReader(reader);
  const watch = watchLog(reader);
  const transaction = newWriteTransaction(writer);
  const load = newHistoryLoader(writer, transaction, clock);
  const keepCheckpoint = newCheckpointWriter(writer, transaction);
  const queue = newAppendQueue(newGroupAppender(writer, transaction, clock, watch.look));
  let closing: Promise<void> | null = null;

  /** Every question goes through here: none after close, and every failure in words. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    if (closing) throw new Error('The event store is closed.');
    try {
      return await question();
    } catch (error) {
      throw explain(error);
    }
  }

  async function shutDown(): Promise<void> {
    await queue.whenIdle();
    watch.stop();
    reader.close();
    // The last connection to close folds the write-ahead log into the file.
    writer.close();
  }

  return {
    append: (append) =>
      ask(async () => {
        checkAppend(append);
        return queue.add(prepareAppend(append));
      }),
    load: (history, how) =>
      ask(async () => {
        const result = await queue.runExclusive(() => load(history, how));
        watch.look();
        return result;
      }),
    head: () => ask(reads.head),
    readAll: (after, limit) => ask(() => reads.readAll(after, limit)),
    readStream: (stream, after, limit) => ask(() => reads.readStream(stream, after, limit)),
    findRequest: (key) =>
      ask(async () => {
        const known = requests.find(key);
        return known ? { digest: known.digest, events: requests.events(key, known.firstPosition) } : null;
      }),
    byIds: (ids) => ask(() => reads.byIds(ids)),
    byPositions: (positions) => ask(() => reads.byPositions(positions)),
    find: (query, page) => ask(() => find(query, page)),
    positionAt: (instant) => ask(() => reads.positionAt(instant)),
    revisionsAt: (streams, position) => ask(() => reads.revisionsAt(streams, position)),
    subtreeHashes: (subtrees) => ask(() => subtreeHashes(subtrees)),
    keepCheckpoint: (checkpoint) =>
      ask(async () => {
        checkCheckpoint(checkpoint);
        return queue.runExclusive(() => keepCheckpoint(checkpoint));
      }),
    checkpoints: (query) => ask(() => checkpoints(query)),
    onAppend: (wake) => watch.onAppend(wake),
    close: () => (closing ??= shutDown()),
  };
}
