import type { Pool, PoolClient } from 'pg';
import type { Retry } from '../../concurrency/retry.js';
import { isUnreachable } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';
import type { Head } from '../port.js';
import { runQuery } from '../../postgres/query.js';

/** How long a write waits for others before it fails, in milliseconds: long enough for one of them to load a history. */
const LOCK_TIMEOUT_MS = 120_000;

/** For so long, in milliseconds, does a process that was stopped in the middle of an append keep the lock from others. */
export const APPEND_IDLE_TIMEOUT_MS = 10_000;

/** The same for one that was stopped in the middle of a load, or whose history comes from something slow. */
export const LOAD_IDLE_TIMEOUT_MS = 600_000;

export interface Locked {
  readonly client: PoolClient;
  /** Where the log ends, and goes on ending until this transaction does. */
  readonly head: Head;
}

/** What came of the work, and the last event that it has written; null: there is nothing to commit. */
export interface Outcome<T> {
  readonly result: T;
  readonly last: { readonly id: string; readonly position: number } | null;
}

/** Does work that writes, each in a transaction that has the log locked. */
export type RunTransaction = <T>(idleTimeoutMs: number, work: (locked: Locked) => Promise<Outcome<T>>) => Promise<T>;

/**
 * Takes the lock of those who append. All who had it before have committed by then, so the questions that follow must be
 * statements of their own: each sees what was committed when it began. A server that would report what is not durable is
 * told not to.
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

/** The driver answers a text of several statements with a list of results. Its types know the answer to one only. */
const resultsOf = (results: Result): readonly Result[] => results as unknown as readonly Result[];

/** Commits, and wakes all who listen. */
async function commit(client: PoolClient, channel: string, position: number): Promise<void> {
  const results = await client.query(`NOTIFY "${channel}", '${position}'; COMMIT`);
  if (resultsOf(results).at(-1)?.command !== 'COMMIT') throw new Error('The server rolled back what it was to commit.');
}

const eventExists = { name: 'is there', text: 'SELECT 1 FROM event WHERE id = $1' };

/** A commit whose answer has not come yet, and what is answered once it has. */
interface Doubt<T> {
  readonly last: { readonly id: string; readonly position: number };
  readonly result: T;
}

interface TransactionOptions {
  readonly channel: string;
  readonly place: string;
  /** Is told how far the log is after each commit. */
  readonly onCommit: (position: number) => void;
}

/**
 * Work is done again while the server is away, for what was not committed has not happened. Where the answer to a commit
 * was lost it may have happened or not: then the last event that was to be written is looked up by its id, under the lock.
 * The commit in doubt had that lock, so by then it has come to pass or never will.
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
      // A connection that something went wrong with is closed, and its transaction with it.
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
