import type { Pool, PoolClient } from 'pg';
import type { Retry } from '../../concurrency/retry.js';
import { isUnreachable } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';
import type { Head } from '../port.js';
import { runQuery } from '../../postgres/query.js';

/** How long a write waits for others before it fails: long enough for one of them to load a history. */
const LOCK_TIMEOUT_MS = 120_000;

/** How long a process that stops in the middle of an append can keep the lock from others. */
export const APPEND_IDLE_TIMEOUT_MS = 10_000;

/** The same for a load, whose history may come from a slow source. */
export const LOAD_IDLE_TIMEOUT_MS = 600_000;

export interface Locked {
  readonly client: PoolClient;
  /** The end of the log. It cannot change while this transaction runs. */
  readonly head: Head;
}

/** The result of the work, and the last event that it wrote; null when there is nothing to commit. */
export interface Outcome<T> {
  readonly result: T;
  readonly last: { readonly id: string; readonly position: number } | null;
}

/** Runs work that writes in a transaction that has the log locked. */
export type RunTransaction = <T>(idleTimeoutMs: number, work: (locked: Locked) => Promise<Outcome<T>>) => Promise<T>;

/**
 * Begins a transaction and takes the lock on the end of the log. Every earlier holder has committed by then, so reads
 * that follow must be statements of their own: each sees what was committed when it began. Durable commits are
 * switched on, in case the server's configuration has them off.
 */
export async function begin(client: PoolClient, idleTimeoutMs: number): Promise<Head> {
  const results = await client.query(`
    BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
    SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS};
    SET LOCAL idle_in_transaction_session_timeout = ${idleTimeoutMs};
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
    SELECT position, recorded_at AS "recordedAt" FROM log_end FOR UPDATE`);
  const [head] = (resultsOf(results).at(-1)?.rows ?? []) as Head[];
  if (head === undefined) throw new Error('The end of the log is not there.');
  return head;
}

interface Result {
  readonly command: string;
  readonly rows: readonly unknown[];
}

/** For a text of several statements the driver returns a list of results, although its types declare one. */
const resultsOf = (results: Result): readonly Result[] => results as unknown as readonly Result[];

/** Commits, and notifies all processes that listen. */
async function commit(client: PoolClient, channel: string, position: number): Promise<void> {
  const results = await client.query(`NOTIFY "${channel}", '${position}'; COMMIT`);
  if (resultsOf(results).at(-1)?.command !== 'COMMIT') throw new Error('The server rolled back what it was to commit.');
}

const eventExists = { name: 'is there', text: 'SELECT 1 FROM event WHERE id = $1' };

/** A commit whose answer was not received, and the result to return if it was done. */
interface Doubt<T> {
  readonly last: { readonly id: string; readonly position: number };
  readonly result: T;
}

interface TransactionOptions {
  readonly channel: string;
  readonly place: string;
  /** Called after each commit with the position at which the log ends. */
  readonly onCommit: (position: number) => void;
}

/**
 * Work is repeated while the server is away, because work that was not committed had no effect. When the answer to a
 * commit is lost, the commit may have been done or not: the last event of the work is then looked up by its id, under
 * the lock. The commit in doubt held that lock, so it is done by then or never will be.
 */
export function newTransactionRunner(
  writer: Pool,
  retry: Retry,
  { channel, place, onCommit }: TransactionOptions,
): RunTransaction {
  async function withConnection<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await writer.connect();
    let isHealthy = false;
    try {
      const result = await work(client);
      isHealthy = true;
      return result;
    } finally {
      // A connection with a failure is closed, and its transaction with it.
      client.release(!isHealthy);
    }
  }

  return async <T>(idleTimeoutMs: number, work: (locked: Locked) => Promise<Outcome<T>>) => {
    let doubt: Doubt<T> | null = null;

    const attempt = (): Promise<T> =>
      withConnection(async (client) => {
        const head = await begin(client, idleTimeoutMs);
        if (doubt !== null && (await runQuery(client, eventExists, [doubt.last.id])).length > 0) {
          await client.query('ROLLBACK');
          onCommit(doubt.last.position);
          return doubt.result;
        }
        doubt = null;
        const { result, last } = await work({ client, head });
        if (last === null) {
          await client.query('ROLLBACK');
          return result;
        }
        doubt = { last, result };
        try {
          await commit(client, channel, last.position);
        } catch (error) {
          if (!isUnreachable(error)) doubt = null;
          throw error;
        }
        onCommit(last.position);
        return result;
      });

    try {
      return await retry(attempt);
    } catch (error) {
      if (doubt === null) throw error;
      throw new StoreUnusableError(
        'UNREACHABLE',
        `The log at ${place} was lost while it committed, and did not come back in time to be asked whether it had. What ` +
          `was to be appended may be in it. Look for its events by their ids, or repeat the request with its idempotency key.`,
        { cause: error },
      );
    }
  };
}
