import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { withRetry } from '../../../concurrency/retry.js';
import { addressOf, tenants } from '../../../postgres/address.js';
import { ask, type Question } from '../../../postgres/ask.js';
import { isAway, isStartingOrStopping } from '../../../postgres/trouble.js';
import { isNews, tidied } from '../news.js';
import type { Entry, Person, Vault } from '../port.js';
import { poolFor } from './connect.js';
import { explained } from './failure.js';
import { prepare } from './prepare.js';
import { takeOver } from './take-over.js';
import { enterActor, enterSubject, byId, bySubject, empty, everybody, named, update } from './statements.js';
import { removeTraces } from './traces.js';

export interface PostgresVaultOptions {
  /** `postgres://user:password@host:port/database?schema=…`, and all else that the driver takes. */
  readonly url: string;
  /** Is told when somebody was erased, but may still be read in the server's files, and what can be done about it. */
  readonly onTraces: (message: string) => void;
  /** How long to wait for a server that has gone away, in milliseconds, before what was asked fails. */
  readonly retryTimeoutMs?: number;
}

/** Long enough for a server to be restarted. */
const RETRY_TIMEOUT_MS = 15_000;

/** So often somebody may be erased or entered by others between finding out that they are not, and entering them. */
const MOST_TRIES = 10;

interface ActorRow extends Person {
  readonly id: string;
  readonly erased: boolean;
}

// The server holds any text but this one, so nobody can have such an id.
const canBeThere = (id: string): boolean => !id.includes('\0');

/**
 * The vault in a schema of a PostgreSQL database. Any number of processes may have it open. Every change is one statement
 * that may be made twice with the same outcome, so what was lost with its connection is asked again.
 * @throws {ExpectedError} when the server cannot be reached or refuses, when the schema holds something else, is damaged or
 * is newer than this program.
 */
export async function openPostgresVault(options: PostgresVaultOptions): Promise<Vault> {
  const { url, onTraces, retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS } = options;
  const address = addressOf(url, tenants.vault);
  if (typeof address === 'string') throw new ExpectedError(address);
  const { place, schema } = address;
  const pool = poolFor(address);
  let closing: Promise<void> | null = null;
  const retry = <T>(attempt: () => Promise<T>): Promise<T> =>
    withRetry(attempt, { timeoutMs, isRetryable: isAway, isCancelled: () => closing !== null });

  async function explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explained(place, error);
    }
  }

  const query = <Row extends object>(question: Question, values: readonly unknown[]): Promise<Row[]> => {
    if (closing) throw new Error('The vault is closed.');
    return explaining(() => retry(() => ask<Row>(pool, question, values)));
  };

  /** Undefined: somebody else was faster, or has erased them. */
  async function tryToEnter(issuer: string, subject: string, news: Person): Promise<string | undefined> {
    const [known] = await query<ActorRow>(bySubject, [issuer, subject]);
    if (known && !isNews(known, news)) return known.id;
    const [entered] = await (known
      ? query<{ id: string }>(update, [known.id, news.name, news.email])
      : query<{ id: string }>(enterSubject, [issuer, subject, randomUUID(), news.name, news.email]));
    return entered?.id;
  }

  async function lock(): Promise<PoolClient> {
    const client = await pool.connect();
    try {
      await client.query(`SELECT pg_advisory_lock(hashtextextended('peildatum vault alone ' || $1, 0))`, [schema]);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  try {
    const isRetryable = isStartingOrStopping();
    await explaining(() => withRetry(() => prepare(pool, address), { timeoutMs, isRetryable }));
  } catch (error) {
    await pool.end();
    throw error;
  }

  return {
    async actorOf(issuer, subject, person) {
      const news = tidied(person);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const id = await tryToEnter(issuer, subject, news);
        if (id !== undefined) return id;
      }
      throw new Error('Somebody is entered into the vault and erased from it all the time.');
    },
    async enrol(actor, person) {
      const [known] = await query<ActorRow>(byId, [actor]);
      const news = tidied(person);
      if (known && (known.erased || !isNews(known, news))) return !known.erased;
      return (await query(enterActor, [actor, news.name, news.email])).length > 0;
    },
    async standingOf(actor) {
      const [known] = canBeThere(actor) ? await query<ActorRow>(byId, [actor]) : [];
      return known === undefined ? 'UNKNOWN' : known.erased ? 'ERASED' : 'KNOWN';
    },
    async namesOf(actors) {
      const rows = await query<{ id: string; name: string }>(named, [actors.filter(canBeThere)]);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async erase(actor) {
      await query(empty, [actor]);
      const traces = await removeTraces(pool, address);
      if (traces !== null) onTraces(traces);
    },
    async alone(work) {
      const client = await explaining(() => retry(lock));
      try {
        return work();
      } finally {
        // The lock ends with its connection, whatever has become of either.
        client.release(true);
      }
    },
    entries: () => query<Entry>(everybody, []),
    // Not tried again: whether it was done can be seen.
    takeOver: (entries) => explaining(() => takeOver(pool, entries)),
    close: () => (closing ??= pool.end()),
  };
}
