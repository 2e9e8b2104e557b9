import type { Logger } from 'pino';
import { newListeners } from '../../concurrency/listeners.js';
import { newNotifier } from '../../concurrency/notifier.js';
import type { EventStore } from '../../event-store/port.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { newProjectionCycle, type CycleOutcome } from './projection-cycle.js';

/** How long to wait after the database or the log failed, and how long an idle projector sleeps at most. */
const RETRY_DELAY_MS = 1000;

/** How often to look whether the lease has become free. */
const STANDBY_POLL_INTERVAL_MS = 250;

/** How long a lease lasts unless told otherwise. */
const DEFAULT_LEASE_SECONDS = 10;

/**
 * Folds the log into all read models, in order, each event once in effect: rows and projected position are one transaction,
 * which only the process that holds the lease can commit. The others wait for the lease.
 */
export interface Projector {
  /** Resolves when there is nothing to do for now: all is projected, or it has failed, or another process projects. */
  settled(): Promise<void>;
  /** Calls `listener` after each batch that this projector has committed, until the returned function is called. */
  onProgress(listener: () => void): () => void;
  /** Ends after the batch at hand, and lets another process have the lease. */
  stop(): Promise<void>;
}

export interface ProjectorOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly logger: Logger;
  /** How long the lease lasts after it was last renewed. */
  readonly leaseSeconds?: number;
}

export function startProjector(options: ProjectorOptions): Projector {
  const { log, database, logger, leaseSeconds = DEFAULT_LEASE_SECONDS } = options;
  const notifier = newNotifier();
  const listeners = newListeners();
  const cycle = newProjectionCycle({ log, database, logger, leaseSeconds, onCommit: () => listeners.notify() });
  const waitingForSettled: (() => void)[] = [];
  let isStopping = false;
  let isSettled = false;

  const delaysMs: Readonly<Record<CycleOutcome, number>> = {
    PROGRESSED: 0,
    IDLE: Math.min(RETRY_DELAY_MS, (leaseSeconds * 1000) / 4),
    STANDBY: STANDBY_POLL_INTERVAL_MS,
    INTERRUPTED: RETRY_DELAY_MS,
    LEASE_LOST: 0,
  };

  const run = async (): Promise<void> => {
    while (!isStopping) {
      const delayMs = delaysMs[await cycle.run()];
      if (delayMs === 0) {
        await new Promise(setImmediate);
        continue;
      }
      isSettled = true;
      for (const resolve of waitingForSettled.splice(0)) resolve();
      if (!isStopping) await notifier.wait(delayMs);
      isSettled = false;
    }
    await cycle.release().catch((error: unknown) => logger.warn({ err: error }, 'The lease could not be given back'));
  };

  const unsubscribe = log.onAppend(notifier.notify);
  const running = run();

  return {
    async settled() {
      if (isSettled) return;
      await Promise.race([new Promise<void>((resolve) => waitingForSettled.push(resolve)), running]);
    },
    onProgress: (listener) => listeners.add(listener),
    async stop() {
      isStopping = true;
      unsubscribe();
      notifier.notify();
      await running;
    },
  };
}
