import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { withRetry } from '../../../concurrency/retry.js';
import { addressOf, tenants } from '../../../postgres/address.js';
import { runQuery, type NamedQuery } from '../../../postgres/query.js';
import { isUnreachable, newStartupRetryPolicy } from '../../../postgres/server-errors.js';
import { hasChanges, normalisePerson } from '../normalise-person.js';
import type { Entry, Person, Vault } from '../port.js';
import { poolFor } from './connect.js';
import { toVaultError } from './to-vault-error.js';
import { prepare } from './prepare.js';
import { importEntries } from './import-entries.js';
import { enterActor, enterSubject, byId, bySubject, empty, everybody, named, update } from './statements.js';
import { vacuumErased } from './vacuum-erased.js';

export interface PostgresVaultOptions {
  /** `postgres://user:password@host:port/database?schema=…`, and all else that the driver takes. */
  readonly url: string;
  /** Called when an actor was erased but the server's files may still hold the data, with the reason and the remedy. */
  readonly onIncompleteErasure: (message: string) => void;
  /** How long to wait for a server that has gone away, in milliseconds, before what was asked fails. */
  readonly retryTimeoutMs?: number;
}

/** Long enough for a server to be restarted. */
const RETRY_TIMEOUT_MS = 15_000;

/** How often storing an actor is tried again because another process stored or erased it after it was looked up. */
const MAX_ATTEMPTS = 10;

interface ActorRow extends Person {
  readonly id: string;
  readonly erased: boolean;
}

// PostgreSQL cannot store a text with a zero character, so no actor has such an id.
const isStorable = (id: string): boolean => !id.includes('\0');

/**
 * Opens the vault in a schema of a PostgreSQL database. Any number of processes may have it open. Every change is one idempotent
 * statement, so a statement whose connection was lost is tried again.
 * @throws {ExpectedError} when the server cannot be reached or refuses, or when the schema is not a vault's, is damaged or is
 * newer than this program.
 */
export async function openPostgresVault(options: PostgresVaultOptions): Promise<Vault> {
  const { url, onIncompleteErasure, retryTimeoutMs: timeoutMs = RETRY_TIMEOUT_MS } = options;
  const address = addressOf(url, tenants.vault);
  if (typeof address === 'string') throw new ExpectedError(address);
  const { place, schema } = address;
  const pool = poolFor(address);
  let closing: Promise<void> | null = null;
  const retry = <T>(attempt: () => Promise<T>): Promise<T> =>
    withRetry(attempt, { timeoutMs, isRetryable: isUnreachable, isCancelled: () => closing !== null });

  async function withVaultErrors<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toVaultError(place, error);
    }
  }

  const query = <Row extends object>(query: NamedQuery, values: readonly unknown[]): Promise<Row[]> => {
    if (closing) throw new Error('The vault is closed.');
    return withVaultErrors(() => retry(() => runQuery<Row>(pool, query, values)));
  };

  /** Undefined: another process has stored or erased the actor meanwhile. */
  async function tryToSave(issuer: string, subject: string, given: Person): Promise<string | undefined> {
    const [known] = await query<ActorRow>(bySubject, [issuer, subject]);
    if (known && !hasChanges(known, given)) return known.id;
    const [saved] = await (known
      ? query<{ id: string }>(update, [known.id, given.name, given.email])
      : query<{ id: string }>(enterSubject, [issuer, subject, randomUUID(), given.name, given.email]));
    return saved?.id;
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
    const isRetryable = newStartupRetryPolicy();
    await withVaultErrors(() => withRetry(() => prepare(pool, address), { timeoutMs, isRetryable }));
  } catch (error) {
    await pool.end();
    throw error;
  }

  return {
    async findOrAddActor(issuer, subject, person) {
      const given = normalisePerson(person);
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const id = await tryToSave(issuer, subject, given);
        if (id !== undefined) return id;
      }
      throw new Error('An actor was stored in the vault and erased from it again and again meanwhile.');
    },
    async saveActor(actor, person) {
      const [known] = await query<ActorRow>(byId, [actor]);
      const given = normalisePerson(person);
      if (known && (known.erased || !hasChanges(known, given))) return !known.erased;
      return (await query(enterActor, [actor, given.name, given.email])).length > 0;
    },
    async statusOf(actor) {
      const [known] = isStorable(actor) ? await query<ActorRow>(byId, [actor]) : [];
      return known === undefined ? 'UNKNOWN' : known.erased ? 'ERASED' : 'KNOWN';
    },
    async namesOf(actors) {
      const rows = await query<{ id: string; name: string }>(named, [actors.filter(isStorable)]);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async erase(actor) {
      await query(empty, [actor]);
      const remaining = await vacuumErased(pool, address);
      if (remaining !== null) onIncompleteErasure(remaining);
    },
    async runExclusive(task) {
      const client = await withVaultErrors(() => retry(lock));
      try {
        return task();
      } finally {
        // Closing the connection releases the lock, also where the task failed.
        client.release(true);
      }
    },
    entries: () => query<Entry>(everybody, []),
    // Not retried: the operator sees whether the entries were stored.
    importEntries: (entries) => withVaultErrors(() => importEntries(pool, entries)),
    close: () => (closing ??= pool.end()),
  };
}
