import type { PoolClient } from 'pg';
import { withRetry, type Retry } from '../../concurrency/retry.js';
import { addressOf, tenants, type Address } from '../../postgres/address.js';
import { isUnreachable, newStartupRetryPolicy } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';
import type { EventStore } from '../port.js';
import { newLogWatcher, SERVER_POLL_INTERVAL_MS } from '../log-watcher.js';
import { newEventStore } from '../engine.js';
import { prepareAppend } from '../prepared-append.js';
import { newStoreGate } from '../store-gate.js';
import { checkpoints, keepCheckpoint } from './checkpoints.js';
import { openConnections, type Connections } from './connections.js';
import { toStoreError } from './store-error.js';
import { find } from './find-events.js';
import { newGroupAppender } from './append-group.js';
import { checkHealth, checkServer } from './health.js';
import { newListen } from './listen.js';
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
  /**
   * The schema of the log, which holds nothing else; created if it does not exist. Else the URL's, else 'peildatum'.
   */
  readonly schema?: string;
  /** Fails with ABSENT where there is no log. */
  readonly existing?: boolean;
  /** How long a call waits for a server that is away before it fails. */
  readonly retryTimeoutMs?: number;
}

/** Long enough for a server to be restarted. */
const RETRY_TIMEOUT_MS = 15_000;

/** Makes sure that there is a log that can be written. It can be repeated. */
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
 * The log in a schema of a PostgreSQL database. Any number of processes may have it open; one of them appends at a
 * time. Calls wait a while for a server that is away. Opening waits only for a server that is starting or stopping.
 * @throws {StoreUnusableError} when the server cannot be reached or refuses, when the schema holds something else, is
 * damaged or is newer than this program.
 */
export async function openPostgresEventStore(options: PostgresEventStoreOptions): Promise<EventStore> {
  const { clock = () => new Date(), existing = false, retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS } = options;
  const address = addressOf(options.url, tenants.log, options.schema);
  if (typeof address === 'string') throw new StoreUnusableError('UNSUPPORTED', address);
  const { place, schema: channel } = address;
  const connections = openConnections(address);
  const { writer, readers, openListenConnection } = connections;

  const gate = newStoreGate({
    toStoreError: (error) => toStoreError(place, error),
    async release() {
      await watcher.stop();
      await connections.close();
    },
  });
  const retry: Retry = (attempt) =>
    withRetry(attempt, { timeoutMs, isRetryable: isUnreachable, isCancelled: gate.isClosing });
  const reads = newEventReads(readers);

  const { position: headPosition } = await gate.run(async () => {
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

  const watcher = newLogWatcher({
    headPosition,
    readHeadPosition: async () => (await reads.head()).position,
    pollIntervalMs: SERVER_POLL_INTERVAL_MS,
    listen: newListen(openListenConnection, channel),
  });
  const runTransaction = newTransactionRunner(writer, retry, { channel, place, onCommit: watcher.notifyHead });

  return newEventStore({
    gate,
    reads: {
      ...reads,
      findRequest: (key) => findRequest(readers, key),
      find: (query, page) => find(readers, query, page),
      subtreeHashes: (subtrees) => subtreeHashes(readers, subtrees),
      checkpoints: (query) => checkpoints(readers, query),
    },
    // A read changes nothing, so that one whose answer was lost is repeated.
    retryRead: retry,
    prepareAppend,
    appendGroup: newGroupAppender(runTransaction, clock),
    loadHistory: newHistoryLoader(runTransaction, clock, place),
    // The same checkpoint is kept once, so that a write whose answer was lost is repeated.
    keepCheckpoint: (checkpoint, runExclusive) => runExclusive(() => retry(() => keepCheckpoint(writer, checkpoint))),
    watcher,
  });
}
