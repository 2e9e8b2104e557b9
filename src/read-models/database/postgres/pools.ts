import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, QueryConfig } from 'pg';
import { withRetry } from '../../../concurrency/retry.js';
import type { Address } from '../../../postgres/address.js';
import { newPool } from '../../../postgres/pool.js';
import { isUnreachable, mayBeOutdatedPlan } from '../../../postgres/server-errors.js';
import { toReadDatabaseError } from './failure.js';

/** Queries of one process that are answered at a time. */
const MAX_READER_COUNT = 8;

/** The projector's connection, and one for a rebuild beside it. */
const MAX_WRITER_COUNT = 2;

/** How long a query, or a start, waits for a server that is away: long enough for it to be restarted. */
export const RETRY_TIMEOUT_MS = 15_000;

/** A process that is stopped in the middle of a transaction loses the transaction and its locks after this time. */
const IDLE_TRANSACTION_TIMEOUT_MS = 10_000;

/** A transaction that waits longer for a lock fails, to be tried again later. */
const LOCK_TIMEOUT_MS = 10_000;

type Query = <Row>(text: string, values: readonly unknown[]) => Promise<PostgresQueryResult<Row>>;

const clientOf = (query: Query, release: PostgresPoolClient['release']): PostgresPoolClient =>
  // Kysely asks for cursors only where rows are streamed, which nothing here does.
  ({ query, release }) as PostgresPoolClient;

/**
 * Each query takes any connection of the pool. Queries change nothing, so one that was lost with its connection is sent again;
 * a transaction could not be.
 */
export function readingPool(address: Address): PostgresPool {
  const pool = newPool(address, MAX_READER_COUNT, 'SET default_transaction_read_only = on;');
  let closing = false;
  const retrying = { timeoutMs: RETRY_TIMEOUT_MS, isRetryable: isUnreachable, isCancelled: () => closing };
  const query: Query = async (text, values) => {
    if (/^(begin|start)\b/i.test(text))
      throw new Error('The connections for reading send queries one by one, without a transaction.');
    return withExplainedErrors(address, () => withRetry(() => executePrepared(pool, text, [...values]), retrying));
  };
  return {
    options: {},
    connect: async () => clientOf(query, () => {}),
    end() {
      closing = true;
      return pool.end();
    },
  };
}

/** Nothing is retried: a transaction that was not committed has not happened, and the projector goes on from its position. */
export function writingPool(address: Address): PostgresPool {
  const limits = `
    SET idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS};
    SET lock_timeout = ${LOCK_TIMEOUT_MS};`;
  const pool = newPool(address, MAX_WRITER_COUNT, limits);
  return {
    options: {},
    end: () => pool.end(),
    async connect() {
      const client = await withExplainedErrors(address, () => pool.connect());
      return clientOf(
        (text, values) => withExplainedErrors(address, () => execute(client, { text, values: [...values] })),
        (destroy) => client.release(destroy),
      );
    },
  };
}

/** Kysely's result is the driver's, but for the command, which it has as a union and the driver as any text. */
const execute = async <Row>(connection: Pick<Pool, 'query'>, query: QueryConfig): Promise<PostgresQueryResult<Row>> =>
  (await connection.query(query)) as unknown as PostgresQueryResult<Row>;

/**
 * Sends a query as a prepared statement, because planning one takes longer than answering it. A plan from before a newer release
 * changed the columns of a table is of no use: the query is then sent unprepared.
 */
async function executePrepared<Row>(pool: Pool, text: string, values: unknown[]): Promise<PostgresQueryResult<Row>> {
  const name = createHash('sha256').update(text).digest('base64url');
  try {
    return await execute(pool, { name, text, values });
  } catch (error) {
    if (!mayBeOutdatedPlan(error)) throw error;
    return execute(pool, { text, values });
  }
}

async function withExplainedErrors<T>({ place }: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toReadDatabaseError(place, error);
  }
}
