import { checkAppend } from '../event-validation.js';
import { checkCheckpoint, checkCheckpointSize } from '../checkpoint-validation.js';
import { StoreUnusableError } from '../errors.js';
import type { EventStore } from '../port.js';
import { newWriteTransaction } from '../sqlite/transaction.js';
import { watchLog } from '../log-watcher.js';
import { newAppendQueue } from '../append-queue.js';
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
  /** The file that the index is kept in. Else the URL's, else one that lasts as long as the store is open. */
  readonly index?: string;
  /** For what makes no sense without a log: where there is none, none is begun. */
  readonly existing?: boolean;
  /** How long to wait for a server that has gone away, in milliseconds, before what was asked fails. */
  readonly retryTimeoutMs?: number;
  /** How long the server may take for one answer, in milliseconds. */
  readonly responseTimeoutMs?: number;
}

/** Long enough for a server to be restarted, or a cluster to elect another leader. */
const RETRY_TIMEOUT_MS = 15_000;

/**
 * An index that fits the log: what it has folded last is what the log holds there. One that does not, because the server or
 * the file is another than it was, is built again.
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

/** @throws {StoreUnusableError} ABSENT, or what keeps the server from being asked */
async function checkReachable(connection: Connection, { stream, place }: Address, existing: boolean): Promise<void> {
  const events = await connection.read(stream, 0, 1);
  if (events === null && existing) throw new StoreUnusableError('ABSENT', `There is no log at ${place}.`);
}

/**
 * The log in a native stream of a KurrentDB or EventStoreDB server. Any number of processes may have it open, each with an
 * index of its own. What is asked while the server is away waits for it a while.
 * @throws {StoreUnusableError} when the server cannot be reached or refuses, when the stream holds something else, is damaged or
 * is newer than this program.
 */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<EventStore> {
  const { clock = () => new Date(), retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS, existing = false } = options;
  const address = addressOf(options.url, options);
  const { stream, place } = address;
  const connection = openConnection(address, options.responseTimeoutMs);
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;
  const retry: Retry = (attempt) =>
    withRetry(attempt, { timeoutMs, isRetryable: isUnreachable, isCancelled: () => closing !== null });

  async function explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(place, error);
    }
  }

  const index = await explaining(async () => {
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
  const answers = newIndexReads(index, () => retry(catchUpOnce));
  const checkpoints = openCheckpointStream(connection, address, retry);
  const indexed = index.reader.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const indexEnd = (): number => indexed.get() ?? 0;

  const watch = watchLog({
    seen: indexEnd(),
    end: () => catchUpOnce().then(indexEnd),
    // What comes is folded before it is told of.
    hear: ({ look }, signal) => connection.follow(stream, index.last().revision, () => void look(), signal),
  });
  const committed = () => watch.reached(indexEnd());
  const write = newCommitWriter({ connection, index, transaction, stream, place, catchUp, retry, mutex, committed });
  const newContent = <T>() => newContentWriter<T>(connection, retry, stream);
  const load = newHistoryLoader({ sequencer, write, newContent, clock });
  const queue = newAppendQueue(newGroupAppender({ index, sequencer, write, newContent, clock }));

  /** Every question goes through here: none after close, and every failure in words. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    if (closing) throw new Error('The event store is closed.');
    const answer = explaining(question);
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  }

  async function shutDown(): Promise<void> {
    await queue.whenIdle();
    await Promise.allSettled(underWay);
    await watch.stop();
    await mutex.runExclusive(async () => {});
    await connection.close();
    index.close();
  }

  try {
    // All that there is, before the first question: what is damaged is told now.
    await explaining(() => retry(catchUpOnce));
    committed();
  } catch (error) {
    closing = shutDown();
    await closing;
    throw error;
  }

  return {
    append: (append) =>
      ask(async () => {
        checkAppend(append);
        return queue.add(sizeAppend(append));
      }),
    load: (history, how) => ask(() => queue.runExclusive(() => load(history, how))),
    head: () => ask(answers.head),
    readAll: (after, limit) => ask(() => answers.readAll(after, limit)),
    readStream: (name, after, limit) => ask(() => answers.readStream(name, after, limit)),
    findRequest: (key) => ask(() => answers.findRequest(key)),
    byIds: (ids) => ask(() => answers.byIds(ids)),
    byPositions: (positions) => ask(() => answers.byPositions(positions)),
    find: (query, page) => ask(() => answers.find(query, page)),
    positionAt: (instant) => ask(() => answers.positionAt(instant)),
    revisionsAt: (streams, at) => ask(() => answers.revisionsAt(streams, at)),
    subtreeHashes: (subtrees) => ask(() => answers.subtreeHashes(subtrees)),
    keepCheckpoint: (checkpoint) =>
      ask(async () => {
        checkCheckpoint(checkpoint);
        checkCheckpointSize(checkpoint, (await answers.head()).position);
        await checkpoints.keep(checkpoint);
      }),
    checkpoints: (query) => ask(() => checkpoints.list(query)),
    onAppend: (wake) => watch.onAppend(wake),
    close: () => (closing ??= shutDown()),
  };
}
