import { KurrentDBClient, START, type EventData, type RecordedEvent } from '@kurrent/kurrentdb-client';
import { withTimeout } from '../../concurrency/timeout.js';
import { StoreUnusableError } from '../errors.js';
import type { Address } from './address.js';
import { isUnreachable, isNotFound, NoResponseError } from './client-errors.js';

/** How long the server may take for one answer. */
const RESPONSE_TIMEOUT_MS = 15_000;

/** The revision of a stream without events. */
export const NONE = -1;

export interface Appended {
  /** The revision of the last event. */
  readonly revision: number;
  /** The place in the order of all streams; null where the server does not tell. */
  readonly position: string | null;
}

/** The operations on a server that the engine needs. They fail with the client's errors; see client-errors.ts. */
export interface Connection {
  /** The events of a stream from a revision on; null where there is no such stream. */
  read(stream: string, from: number, most?: number): Promise<AsyncIterable<RecordedEvent> | null>;
  /** Appends all events or none, on condition that the last revision is the expected one. */
  append(stream: string, expected: number, events: readonly EventData[]): Promise<Appended>;
  /** Deletes a stream; the server reclaims its space later. */
  remove(stream: string): Promise<void>;
  /** Calls back for each event after a revision as it comes, until the signal is aborted. Rejects on failure. */
  follow(stream: string, after: number, each: () => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Some of the client's promises never settle when a server falls silent. */
const inTime = <T>(timeoutMs: number, what: string, work: Promise<T>): Promise<T> =>
  withTimeout(work, timeoutMs, () => new NoResponseError(`${what} took longer than ${timeoutMs} ms`));

export const positionText = (position: RecordedEvent['position']): string | null =>
  position === undefined ? null : `${position.commit}/${position.prepare}`;

/**
 * The client is replaced when it fails to reach the server: a client whose first read failed never reads again, and
 * its transports for reads and appends do not learn of each other's failures.
 */
export function openConnection(
  { url, credentials, place }: Address,
  responseTimeoutMs: number = RESPONSE_TIMEOUT_MS,
): Connection {
  let current: KurrentDBClient | null = null;
  /** Aborted when the client is replaced: a subscription of the old client does not notice that by itself. */
  let disposal = new AbortController();
  const client = (): KurrentDBClient => (current ??= make());

  function make(): KurrentDBClient {
    try {
      return KurrentDBClient.connectionString(url);
    } catch (error) {
      // The client's own error has the whole URL in it, and the password in that.
      const message = error instanceof Error ? error.message : '';
      throw new StoreUnusableError('UNSUPPORTED', `The URL of the log at ${place} cannot be used: ${message}`);
    }
  }

  /** Does not wait for the old client to dispose of itself, because it may hang. */
  function discard(failed: KurrentDBClient): void {
    if (current === failed) {
      current = null;
      disposal.abort();
      disposal = new AbortController();
    }
    failed.dispose().catch(() => {});
  }

  async function using<T>(what: string, work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const used = client();
    try {
      return await inTime(responseTimeoutMs, what, work(used));
    } catch (error) {
      if (isUnreachable(error)) discard(used);
      throw error;
    }
  }

  return {
    async read(stream, from, most) {
      const used = client();
      const events = used.readStream(stream, {
        fromRevision: from <= 0 ? START : BigInt(from),
        requiresLeader: true,
        // For reads the client does not decode the credentials of the URL.
        ...(credentials && { credentials }),
        ...(most !== undefined && { maxCount: most }),
      });
      const next = () => inTime(responseTimeoutMs, 'A read', events.next());
      let first: Awaited<ReturnType<typeof next>>;
      try {
        first = await next();
      } catch (error) {
        if (isNotFound(error)) return null;
        if (isUnreachable(error)) discard(used);
        throw error;
      }
      async function* all(): AsyncGenerator<RecordedEvent> {
        try {
          for (let each = first; !each.done; each = await next()) {
            if (each.value.event) yield each.value.event;
          }
        } catch (error) {
          if (isUnreachable(error)) discard(used);
          throw error;
        }
      }
      return all();
    },

    append: (stream, expected, events) =>
      using('An append', async (used) => {
        const { success, nextExpectedRevision, position } = await used.appendToStream(stream, [...events], {
          streamState: expected === NONE ? 'no_stream' : BigInt(expected),
          requiresLeader: true,
        });
        const revision = Number(nextExpectedRevision);
        // Any other revision contradicts success: the answer is treated as lost.
        if (!success || revision !== expected + events.length) {
          throw new NoResponseError(`The server answered an append after ${expected} with revision ${revision}`);
        }
        return { revision, position: positionText(position) };
      }),

    remove: (stream) => using('A deletion', async (used) => void (await used.deleteStream(stream))),

    async follow(stream, after, each, until) {
      const used = client();
      const signal = AbortSignal.any([until, disposal.signal]);
      const subscription = used.subscribeToStream(stream, {
        fromRevision: after === NONE ? START : BigInt(after),
        requiresLeader: true,
      });
      try {
        await new Promise<void>((resolve, reject) => {
          signal.addEventListener('abort', () => resolve());
          subscription.on('data', each);
          subscription.on('confirmation', each);
          subscription.on('error', reject);
          subscription.on('end', resolve);
          subscription.on('close', resolve);
        });
      } catch (error) {
        if (isUnreachable(error)) discard(used);
        throw error;
      } finally {
        // Errors of an ended subscription concern nobody; without a handler they would end the process.
        subscription.on('error', () => {});
        subscription.unsubscribe().catch(() => {});
      }
    },

    async close() {
      const last = current;
      current = null;
      if (last) await inTime(1000, 'Closing', last.dispose()).catch(() => {});
    },
  };
}
