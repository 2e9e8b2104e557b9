import type { Logger } from 'pino';
import type { EventStore } from '../event-store/port.js';
import type { ReadDatabaseHandle } from '../read-database/open.js';
import { lockLiveVersion } from '../read-database/lock.js';
import { liveVersion } from '../read-database/versions.js';
import { newFolds, project } from './batch.js';
import { isPoison } from './poison.js';

/** Events per transaction: large enough to spread the cost of a commit, small enough to give way to requests. */
const BATCH = 1000;

/** Milliseconds before the projector tries again after the database or the log failed it. */
const RETRY_AFTER = 1000;

/**
 * Folds the log into all read models, in order, each event once in effect: rows and checkpoint are one transaction, and a
 * checkpoint that somebody else has moved is noticed before anything is written.
 */
export interface Projector {
  /** Resolves once the checkpoint has reached the position, or false after the time is up. */
  reached(position: number, timeoutMs: number): Promise<boolean>;
  /** Resolves when everything that was in the log is projected, or the projector has failed. */
  settled(): Promise<void>;
  /** Calls `listener` after each batch that this projector has committed, until the returned function is called. */
  onProgress(listener: () => void): () => void;
  stop(): Promise<void>;
}

export interface ProjectorOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly logger: Logger;
}

export function startProjector({ log, database, logger }: ProjectorOptions): Projector {
  const folds = newFolds();
  const listeners = new Set<{ readonly listener: () => void }>();
  const waiters = new Set<{ position: number; done: (reached: boolean) => void }>();
  let checkpoint = 0;
  let foldedVersion = 0;
  let stopping = false;
  /** The version that stopped at an event; another one, rebuilt or switched to, is worth another try. */
  let failedVersion: number | null = null;
  let wanted = true;
  let running: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;

  const release = (): void => {
    for (const waiter of waiters) if (waiter.position <= checkpoint) waiter.done(true);
    // Each in a turn of its own: one that throws does not stop the projecting.
    for (const { listener } of listeners) queueMicrotask(listener);
  };

  /** One transaction: the events after the checkpoint of whichever version is live, or as few of them as asked. */
  const step = async (limit: number): Promise<'NEWS' | 'NOTHING' | 'FEWER'> => {
    const before = await liveVersion(database.writing);
    if (!before || before.version === failedVersion) return 'NOTHING';
    failedVersion = null;
    try {
      const events = await log.readAll(before.position, limit);
      if (events.length === 0) {
        checkpoint = before.position;
        return 'NOTHING';
      }
      await database.writing.transaction().execute(async (transaction) => {
        const live = await lockLiveVersion(transaction);
        // Another process may have moved on, or switched versions, between the reading and the lock.
        if (live.version !== before.version || live.position !== before.position) return;
        if (live.version !== foldedVersion || live.position !== checkpoint) folds.forget();
        await project(transaction, live.version, folds, events);
        foldedVersion = live.version;
        checkpoint = events.at(-1)?.position ?? live.position;
      });
      return 'NEWS';
    } catch (error) {
      folds.forget();
      foldedVersion = 0;
      if (!isPoison(error)) throw error;
      if (limit > 1) return 'FEWER';
      // Positions are dense: the one event that was asked for stands next to the checkpoint, even if it cannot be read.
      await fail(before.version, before.position + 1, error);
      return 'NOTHING';
    }
  };

  const fail = async (version: number, position: number, error: Error): Promise<void> => {
    failedVersion = version;
    const failure = `${error.name}: ${error.message}`;
    logger.error({ position, failure }, 'projections failed');
    await database.writing
      .updateTable('read_model_version')
      .set({ failed_position: position, failure })
      .where('version', '=', version)
      .execute();
  };

  const run = async (): Promise<void> => {
    let limit = BATCH;
    while (wanted && !stopping) {
      wanted = false;
      for (;;) {
        const outcome = await step(limit);
        release();
        if (outcome === 'NOTHING' || stopping) break;
        // A batch with a bad event in it is gone through one by one: what precedes the bad one is projected.
        if (outcome === 'FEWER') limit = 1;
        await new Promise(setImmediate);
      }
    }
  };

  const runUntilQuiet = async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      logger.warn({ err: error }, 'projecting was interrupted and will be tried again');
      retry = setTimeout(wake, RETRY_AFTER);
    } finally {
      running = null;
    }
    // A rebuild by another process may put another version in the failed one's place, and nothing else would tell.
    if (failedVersion !== null && !stopping) retry = setTimeout(wake, RETRY_AFTER);
  };

  const wake = (): void => {
    wanted = true;
    if (!running && !stopping) running = runUntilQuiet();
  };

  const unsubscribe = log.onAppend(wake);
  wake();

  return {
    async reached(position, timeoutMs) {
      const live = await liveVersion(database.reading);
      if (live && live.position >= position) return true;
      if (stopping) return false;
      return new Promise((resolve) => {
        const timer = setTimeout(() => done(false), timeoutMs);
        const waiter = { position, done };
        function done(reached: boolean): void {
          clearTimeout(timer);
          waiters.delete(waiter);
          resolve(reached);
        }
        waiters.add(waiter);
        wake();
      });
    },
    async settled() {
      while (running) await running;
    },
    onProgress(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    async stop() {
      stopping = true;
      unsubscribe();
      clearTimeout(retry);
      await running;
      for (const waiter of waiters) waiter.done(false);
    },
  };
}
