import { checkCheckpointSize } from '../checkpoint-validation.js';
import { StoreUnusableError } from '../errors.js';
import type { EventStore } from '../port.js';
import { newWriteTransaction } from '../sqlite/transaction.js';
import { newLogWatcher, SERVER_POLL_INTERVAL_MS } from '../log-watcher.js';
import { newEventStore } from '../engine.js';
import { newStoreGate } from '../store-gate.js';
import { addressOf, type Address } from './address.js';
import { newIndexReads } from './index-reads.js';
import { newGroupAppender, sizeAppend } from './append-group.js';
import { openCheckpointStream } from './checkpoint-stream.js';
import { openConnection, NONE, type Connection } from './connection.js';
import { toStoreError, isUnreachable } from './client-errors.js';
import { newCatchUp } from './catch-up.js';
import { openIndex, type IndexFile } from './index-file.js';
import { newHistoryLoader } from './load-history.js';
import { newMutex } from '../../concurrency/mutex.js';
import { singleFlight } from '../../concurrency/single-flight.js';
import { newContentWriter } from './commit-content.js';
import { withRetry, type Retry } from '../../concurrency/retry.js';
import { newSequencer } from './sequencer.js';
import { newCommitWriter } from './commit-writer.js';

export interface KurrentEventStoreOptions {
  /** `kurrentdb://user:password@host:port?tls=…&log=…&index=…`, and all else that the client takes. */
  readonly url: string;
  /** What time it is; the machine's clock unless something else is given. */
  readonly clock?: () => Date;
  /** The name of the log. Else the URL's, else 'log'. */
  readonly log?: string;
  /** The file of the index. Else the URL's, else one that lasts as long as the store is open. */
  readonly index?: string;
  /** Fails with ABSENT where there is no log. */
  readonly existing?: boolean;
  /** How long a call waits for a server that is away before it fails. */
  readonly retryTimeoutMs?: number;
  /** How long the server may take for one answer. */
  readonly responseTimeoutMs?: number;
}

/** Long enough for a server to be restarted, or a cluster to elect another leader. */
const RETRY_TIMEOUT_MS = 15_000;

/**
 * Opens the index if it matches the log: its last commit must be the one that the log holds there. An index of
 * another log, or of another state of the server, is built again.
 */
async function openMatchingIndex(address: Address, connection: Connection): Promise<IndexFile> {
  const index = openIndex(address.index);
  try {
    const { revision, id } = index.last();
    if (index.isConsistent() && (revision === NONE || (await idAt(connection, address.stream, revision)) === id))
      return index;
  } catch (error) {
    index.close();
    throw error;
  }
  index.discard();
  return openIndex(address.index);
}

async function idAt(connection: Connection, stream: string, revision: number): Promise<string | null> {
  for await (const event of (await connection.read(stream, revision, 1)) ?? []) return event.id;
  return null;
}

/** @throws {StoreUnusableError} ABSENT, or the reason why the server cannot be used */
async function checkReachable(connection: Connection, { stream, place }: Address, existing: boolean): Promise<void> {
  const events = await connection.read(stream, 0, 1);
  if (events === null && existing) throw new StoreUnusableError('ABSENT', `There is no log at ${place}.`);
}

/**
 * The log in a native stream of a KurrentDB or EventStoreDB server. Any number of processes may have it open, each
 * with an index of its own. Calls wait a while for a server that is away.
 * @throws {StoreUnusableError} when the server cannot be reached or refuses, when the stream holds something else, is
 * damaged or is newer than this program.
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<EventStore> {
  const { clock = () => new Date(), retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS, existing = false } = options;
  const address = addressOf(options.url, options);
  const { stream, place } = address;
  const connection = openConnection(address, options.responseTimeoutMs);

  const gate = newStoreGate({
    toStoreError: (error) => toStoreError(place, error),
    async release() {
      await watcher.stop();
      // Nothing may catch up while the index is closed.
      await mutex.runExclusive(async () => {});
      await connection.close();
      index.close();
    },
  });
  const retry: Retry = (attempt) =>
    withRetry(attempt, { timeoutMs, isRetryable: isUnreachable, isCancelled: gate.isClosing });

  const index = await gate.run(async () => {
    try {
      await retry(() => checkReachable(connection, address, existing));
      return await retry(() => openMatchingIndex(address, connection));
    } catch (error) {
      await connection.close();
      throw error;
    }
  });

  const transaction = newWriteTransaction(index.writer);
  const sequencer = newSequencer(index, connection, place);
  const catchUp = newCatchUp({ connection, index, transaction, sequencer, stream, place });
  const mutex = newMutex();
  const catchUpOnce = singleFlight(catchUp, mutex);
  const reads = newIndexReads(index, () => retry(catchUpOnce));
  const checkpoints = openCheckpointStream(connection, address, retry);
  const lastPosition = index.reader.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const headPosition = (): number => lastPosition.get() ?? 0;

  const watcher = newLogWatcher({
    headPosition: headPosition(),
    readHeadPosition: () => catchUpOnce().then(headPosition),
    pollIntervalMs: SERVER_POLL_INTERVAL_MS,
    // The index catches up with a commit before the listeners are woken.
    listen: ({ checkHead }, signal) => connection.follow(stream, index.last().revision, () => void checkHead(), signal),
  });
  const onCommit = (): void => watcher.notifyHead(headPosition());
  const write = newCommitWriter({ connection, index, transaction, stream, place, catchUp, retry, mutex, onCommit });
  const newContent = <T>() => newContentWriter<T>(connection, retry, stream);

  try {
    // A damaged log is reported when it is opened, not at the first read.
    await gate.run(() => retry(catchUpOnce));
    onCommit();
  } catch (error) {
    await gate.close();
    throw error;
  }

  return newEventStore({
    gate,
    reads: { ...reads, checkpoints: (query) => checkpoints.list(query) },
    prepareAppend: sizeAppend,
    appendGroup: newGroupAppender({ index, sequencer, write, newContent, clock }),
    loadHistory: newHistoryLoader({ sequencer, write, newContent, clock }),
    async keepCheckpoint(checkpoint) {
      checkCheckpointSize(checkpoint, (await reads.head()).position);
      await checkpoints.keep(checkpoint);
    },
    watcher,
  });
}
