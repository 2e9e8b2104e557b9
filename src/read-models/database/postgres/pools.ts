import { createHash } from 'node:crypto';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Pool, QueryConfig } from 'pg';
import { withRetry } from '../../../concurrency/retry.js';
import type { Address } from '../../../postgres/address.js';
import { newPool } from '../../../postgres/pool.js';
import { isUnreachable, mayBeOutdatedPlan } from '../../../postgres/server-errors.js';
import { explained } from './failure.js';

/** So many questions of one process are answered at a time. */
const READERS = 8;

/** The projector's, and one for whoever builds another version beside it. */
const WRITERS = 2;

/** How long a question, or a start, waits for a server that has gone away, in milliseconds: long enough for one to be restarted. */
export const RETRY_TIMEOUT_MS = 15_000;

/** Milliseconds after which a process that was stopped in the middle of a transaction loses it, and what it had locked. */
const LONGEST_PAUSE = 10_000;

/** Milliseconds that a transaction waits for others before it fails, to be tried again later. */
const LONGEST_WAIT = 10_000;

type Query = <Row>(text: string, values: readonly unknown[]) => Promise<PostgresQueryResult<Row>>;

const clientOf = (query: Query, release: PostgresPoolClient['release']): PostgresPoolClient =>
  // Kysely asks for cursors only where rows are streamed, which nothing here does.
  ({ query, release }) as PostgresPoolClient;

/**
 * Every question on a connection of its own: asking twice changes nothing, so one that was lost with its connection is asked
 * again. Transactions would be torn apart.
 */
export function readingPool(address: Address): PostgresPool {
  const pool = newPool(address, READERS, 'SET default_transaction_read_only = on;');
  let closing = false;
  const retrying = { timeoutMs: RETRY_TIMEOUT_MS, isRetryable: isUnreachable, isCancelled: () => closing };
  const query: Query = async (text, values) => {
    if (/^(begin|start)\b/i.test(text)) throw new Error('Questions are asked one by one, without a transaction.');
    return explaining(address, () => withRetry(() => askPlanned(pool, text, [...values]), retrying));
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

/** What was not committed has not happened, and the projector knows from where to go on: so nothing is tried again here. */
export function writingPool(address: Address): PostgresPool {
  const limits = `
    SET idle_in_transaction_session_timeout = ${LONGEST_PAUSE};
    SET lock_timeout = ${LONGEST_WAIT};`;
  const pool = newPool(address, WRITERS, limits);
  return {
    options: {},
    end: () => pool.end(),
    async connect() {
      const client = await explaining(address, () => pool.connect());
      return clientOf(
        (text, values) => explaining(address, () => ask(client, { text, values: [...values] })),
        (destroy) => client.release(destroy),
      );
    },
  };
}

/** Kysely's result is the driver's, but for the command, which it has as a union and the driver as any text. */
const ask = async <Row>(asked: Pick<Pool, 'query'>, question: QueryConfig): Promise<PostgresQueryResult<Row>> =>
  (await asked.query(question)) as unknown as PostgresQueryResult<Row>;

/**
 * A question is planned once for each connection, which takes longer than answering it. Where a table has got other columns
 * since, as by a newer release, the plan is of no use any more.
 */
async function askPlanned<Row>(pool: Pool, text: string, values: unknown[]): Promise<PostgresQueryResult<Row>> {
  const name = createHash('sha256').update(text).digest('base64url');
  try {
    return await ask(pool, { name, text, values });
  } catch (error) {
    if (!mayBeOutdatedPlan(error)) throw error;
    return ask(pool, { text, values });
  }
}

async function explaining<T>({ place }: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(place, error);
  }
}
