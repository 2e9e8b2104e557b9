import type { PoolClient } from 'pg';
import { withRetry, type Retry } from '../../concurrency/retry.js';
import { addressOf, tenants, type Address } from '../../postgres/address.js';
import { isUnreachable, newStartupRetryPolicy } from '../../postgres/server-errors.js';
import { checkAppend } from '../event-validation.js';
import { checkCheckpoint } from '../checkpoint-validation.js';
import { StoreUnusableError } from '../errors.js';
import type { EventStore } from '../port.js';
import { watchLog } from '../log-watcher.js';
import { newAppendQueue } from '../append-queue.js';
import { checkpoints, keepCheckpoint } from './checkpoints.js';
import { openConnections, type Connections } from './connections.js';
import { toStoreError } from './store-error.js';
import { find } from './find-events.js';
import { newGroupAppender } from './append-group.js';
import { checkHealth, checkServer } from './health.js';
import { newListen } from './listen.js';
import { prepareAppend } from './decide-append.js';
import { newHistoryLoader } from './load-history.js';
import { checkExists, migrate } from './migrate.js';
import { newEventReads } from './event-reads.js';
import { findRequest } from './requests.js';
import { newTransactionRunner } from './transaction.js';
import { catchUpTree, subtreeHashes } from './tree.js';

export interface PostgresEventStoreOptions {
  /** `postgres://user:password@host:port/database?sslmode=…`, and all else that the driver takes. */
  readonly url: string;
  /** What time it is; the machine's clock unless something else is given. */
  readonly clock?: () => Date;
  /** The schema that the log is in, and nothing else; created if it does not exist. Else the URL's, else 'peildatum'. */
  readonly schema?: string;
  /** Where there is no log, none is begun. */
  readonly existing?: boolean;
  /** How long to wait for a server that has gone away, in milliseconds, before what was asked fails. */
  readonly retryTimeoutMs?: number;
}

/** Long enough for a server to be restarted. */
const RETRY_TIMEOUT_MS = 15_000;

/** Makes sure that there is a log that can be written. What it has done may be done again. */
async function prepare({ writer }: Connections, address: Address, existing: boolean): Promise<void> {
  const client: PoolClient = await writer.connect();
  let prepared = false;
  try {
    await checkServer(client, address);
    if (existing) await checkExists(client, address);
    await migrate(client, address);
    await checkHealth(client, address);
    await catchUpTree(client);
    prepared = true;
  } finally {
    client.release(!prepared);
  }
}

/**
 * The log in a schema of a PostgreSQL database. Any number of processes may have it open; one of them appends at a time.
 * What is asked while the server is away waits for it a while; to open it waits only for one that is starting or stopping.
 * @throws {StoreUnusableError} when the server cannot be reached or refuses, when the schema holds something else, is damaged or
 * is newer than this program.
 */
export async function openPostgresEventStore(options: PostgresEventStoreOptions): Promise<EventStore> {
  const { clock = () => new Date(), existing = false, retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS } = options;
  const address = addressOf(options.url, tenants.log, options.schema);
  if (typeof address === 'string') throw new StoreUnusableError('UNSUPPORTED', address);
  const { place, schema: channel } = address;
  const connections = openConnections(address);
  const { writer, readers, openListenConnection } = connections;
  let closing: Promise<void> | null = null;
  const retry: Retry = (attempt) =>
    withRetry(attempt, { timeoutMs, isRetryable: isUnreachable, isCancelled: () => closing !== null });
  const reads = newEventReads(readers);

  async function explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(place, error);
    }
  }

  /** Every question goes through here: none after close, and every failure in words. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    if (closing) throw new Error('The event store is closed.');
    return explaining(question);
  }

  /** Asking twice changes nothing, so a question that was lost is asked again. */
  const read = <T>(question: () => Promise<T>): Promise<T> => ask(() => retry(question));

  const { position: seen } = await explaining(async () => {
    try {
      const openLog = async () => {
        await prepare(connections, address, existing);
        return reads.head();
      };
      return await withRetry(openLog, { timeoutMs, isRetryable: newStartupRetryPolicy() });
    } catch (error) {
      await connections.close();
      throw error;
    }
  });

  const watch = watchLog({
    seen,
    end: async () => (await reads.head()).position,
    hear: newListen(openListenConnection, channel),
  });
  const runTransaction = newTransactionRunner(writer, retry, { channel, place, onCommit: watch.reached });
  const load = newHistoryLoader(runTransaction, clock, place);
  const queue = newAppendQueue(newGroupAppender(runTransaction, clock));

  async function shutDown(): Promise<void> {
    await queue.whenIdle();
    await watch.stop();
    await connections.close();
  }

  return {
    append: (append) =>
      ask(async () => {
        checkAppend(append);
        return queue.add(prepareAppend(append));
      }),
    load: (history, how) => ask(() => queue.runExclusive(() => load(history, how))),
    head: () => read(reads.head),
    readAll: (after, limit) => read(() => reads.readAll(after, limit)),
    readStream: (stream, after, limit) => read(() => reads.readStream(stream, after, limit)),
    findRequest: (key) => read(() => findRequest(readers, key)),
    byIds: (ids) => read(() => reads.byIds(ids)),
    byPositions: (positions) => read(() => reads.byPositions(positions)),
    find: (query, page) => read(() => find(readers, query, page)),
    positionAt: (instant) => read(() => reads.positionAt(instant)),
    revisionsAt: (streams, position) => read(() => reads.revisionsAt(streams, position)),
    subtreeHashes: (subtrees) => read(() => subtreeHashes(readers, subtrees)),
    keepCheckpoint: (checkpoint) =>
      ask(async () => {
        checkCheckpoint(checkpoint);
        // The same text twice is kept once, so what was lost is done again.
        return queue.runExclusive(() => retry(() => keepCheckpoint(writer, checkpoint)));
      }),
    checkpoints: (query) => read(() => checkpoints(readers, query)),
    onAppend: (wake) => watch.onAppend(wake),
    close: () => (closing ??= shutDown()),
  };
}
