import type { Logger } from 'pino';
import { isDeterministicFailure } from '../../../events/errors/event-errors.js';
import type { EventStore } from '../../event-store/port.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { commitBatch, recordFailure } from './commit-batch.js';
import { newFolds } from './project-events.js';
import { newListeners } from '../../concurrency/listeners.js';
import { newNotifier } from '../../concurrency/notifier.js';
import { renewLease, leaseStatus, LeaseLostError, releaseLease, acquireLease, type Lease } from './lease.js';
import { isDerivedFrom } from './source-log.js';
import { readEvents } from './projection-failure.js';

/** Events per transaction: large enough to spread the cost of a commit, small enough to give way to requests. */
const BATCH = 1000;

/** Milliseconds before the projector tries again after the database or the log failed it. */
const RETRY_AFTER = 1000;

/** How often to look whether the lease has become free, in milliseconds. */
const LOOK_AGAIN = 250;

/** How long the lease lasts after the holder's last sign unless told otherwise, in seconds. */
const LEASE_SECONDS = 10;

/**
 * Folds the log into all read models, in order, each event once in effect: rows and projected position are one transaction, which
 * goes through only for the one process that holds the lease. Those that do not hold it wait for it.
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
  /** How long the lease lasts after the last sign of its holder, in seconds. */
  readonly leaseSeconds?: number;
}

/** What a turn came to: there may be more at once; there is nothing; another process or release projects. */
type Turn = 'AGAIN' | 'NOTHING' | 'STANDBY';

export function startProjector(options: ProjectorOptions): Projector {
  const { log, database, logger, leaseSeconds = LEASE_SECONDS } = options;
  const db = database.writing;
  const folds = newFolds();
  const notifier = newNotifier();
  const listeners = newListeners();
  const settling: (() => void)[] = [];
  let lease: Lease | null = null;
  let renewedAt = 0;
  /** What the folds have in memory belongs to this version at this position. */
  let folded = { version: 0, position: 0 };
  /** The version that stopped at an event; another one, rebuilt or switched to, is worth another try. */
  let failedVersion: number | null = null;
  let limit = BATCH;
  let stopping = false;
  let quiet = false;
  let standing: string | null = null;

  /** Says what it waits for, once. */
  const standBy = async (why: string): Promise<Turn> => {
    if (standing !== why) logger.info(`Not projecting: ${why}`);
    standing = why;
    await giveUp();
    return 'STANDBY';
  };

  const giveUp = async (): Promise<void> => {
    const held = lease;
    lease = null;
    forget();
    if (held) await releaseLease(db, held);
  };

  const forget = (): void => {
    folds.forget();
    folded = { version: 0, position: 0 };
  };

  const turn = async (): Promise<Turn> => {
    const live = await liveVersion(db);
    if (!live) return standBy('there is no live version of the read models');
    if (live.layout !== currentLayout) return standBy('another release of the program has taken over');
    lease ??= await acquireLease(db, 'LIVE', leaseSeconds);
    if (lease === null) {
      const { holder } = await leaseStatus(db, 'LIVE');
      return holder === null ? 'STANDBY' : standBy(`another process does (${holder})`);
    }
    if (!(await pickUp(live))) return standBy('the read models were made from another log than this one');
    if (standing !== null) logger.info({ position: live.position }, 'Projecting from here');
    standing = null;
    const outcome = live.version === failedVersion ? 'NOTHING' : await step(live, lease);
    if (outcome === 'NOTHING') await renew(lease);
    return outcome;
  };

  /** What somebody else has moved is folded on with nothing in memory. False: it was not made from this log. */
  const pickUp = async (live: VersionRow): Promise<boolean> => {
    if (live.version === folded.version && live.position === folded.position) return true;
    forget();
    if (!(await isDerivedFrom(log, live))) return false;
    folded = { version: live.version, position: live.position };
    return true;
  };

  /** One transaction: the events after the projected position of the live version, or as few of them as there may be. */
  const step = async (live: VersionRow, held: Lease): Promise<Turn> => {
    failedVersion = null;
    try {
      const events = await readEvents(() => log.readAll(live.position, limit));
      const last = events.at(-1);
      if (!last) return 'NOTHING';
      if (await commitBatch(db, { leases: [held], before: live, folds, events })) {
        renewedAt = performance.now();
        folded = { version: live.version, position: last.position };
        listeners.notify();
      } else forget();
      return 'AGAIN';
    } catch (error) {
      forget();
      if (!isDeterministicFailure(error)) throw error;
      // A batch with a bad event in it is gone through one by one: what precedes the bad one is projected.
      if (limit > 1) {
        limit = 1;
        return 'AGAIN';
      }
      await fail(live, held, error);
      return 'NOTHING';
    }
  };

  const fail = async ({ version, position }: VersionRow, held: Lease, error: Error): Promise<void> => {
    // Positions are dense: the one event that was asked for stands next to the projected position, even if it cannot be read.
    const failure = { position: position + 1, reason: `${error.name}: ${error.message}` };
    await recordFailure(db, [held], version, failure);
    failedVersion = version;
    logger.error({ position: failure.position, failure: failure.reason }, 'projections failed');
  };

  /** Now and then: who has nothing to write shows that it is there. */
  const renew = async (held: Lease): Promise<void> => {
    limit = BATCH;
    if (performance.now() - renewedAt < (leaseSeconds * 1000) / 4) return;
    await renewLease(db, held);
    renewedAt = performance.now();
  };

  /** How long to wait for news after a turn, in milliseconds. */
  const pauses: Readonly<Record<Turn, number>> = {
    AGAIN: 0,
    NOTHING: Math.min(RETRY_AFTER, (leaseSeconds * 1000) / 4),
    STANDBY: LOOK_AGAIN,
  };

  const interrupted = async (error: unknown): Promise<number> => {
    forget();
    if (error instanceof LeaseLostError) {
      lease = null;
      logger.warn('Projecting was taken over by another process');
      return 0;
    }
    logger.warn({ err: error }, 'projecting was interrupted and will be tried again');
    return RETRY_AFTER;
  };

  const work = async (): Promise<void> => {
    while (!stopping) {
      const pause = await turn().then((outcome) => pauses[outcome], interrupted);
      if (pause === 0) {
        await new Promise(setImmediate);
        continue;
      }
      quiet = true;
      for (const settle of settling.splice(0)) settle();
      if (!stopping) await notifier.wait(pause);
      quiet = false;
    }
    await giveUp().catch((error: unknown) => logger.warn({ err: error }, 'The lease could not be given back'));
  };

  const unsubscribe = log.onAppend(notifier.notify);
  const working = work();

  return {
    async settled() {
      if (quiet) return;
      await Promise.race([new Promise<void>((resolve) => settling.push(resolve)), working]);
    },
    onProgress: (listener) => listeners.add(listener),
    async stop() {
      stopping = true;
      unsubscribe();
      notifier.notify();
      await working;
    },
  };
}
