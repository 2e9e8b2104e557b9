import type { Logger } from 'pino';
import { isDeterministicFailure } from '../../../events/errors/event-errors.js';
import type { EventStore } from '../../event-store/port.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { commitBatch, recordFailure } from './commit-batch.js';
import { acquireLease, LeaseLostError, leaseStatus, releaseLease, renewLease, type Lease } from './lease.js';
import { newFolds } from './project-events.js';
import { readEvents } from './projection-failure.js';
import { isDerivedFrom } from './source-log.js';

/** Events per transaction: large enough to spread the cost of a commit, small enough to give way to requests. */
const BATCH_EVENT_COUNT = 1000;

/**
 * What a cycle came to. PROGRESSED: there may be more at once. IDLE: nothing is left to project. STANDBY: another process or
 * release projects. INTERRUPTED: the database or the log failed. LEASE_LOST: another process has taken the lease over.
 */
export type CycleOutcome = 'PROGRESSED' | 'IDLE' | 'STANDBY' | 'INTERRUPTED' | 'LEASE_LOST';

export interface ProjectionCycle {
  /** Projects one batch of the live version, if this process holds the lease or can acquire it. */
  run(): Promise<CycleOutcome>;
  /** Releases the lease. */
  release(): Promise<void>;
}

export interface ProjectionCycleOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly logger: Logger;
  readonly leaseSeconds: number;
  readonly onCommit: () => void;
}

export function newProjectionCycle(options: ProjectionCycleOptions): ProjectionCycle {
  const { log, database, logger, leaseSeconds, onCommit } = options;
  const db = database.writing;
  const folds = newFolds();
  const renewAfterMs = (leaseSeconds * 1000) / 4;
  let lease: Lease | null = null;
  let renewedAt = 0;
  /** What the folds have in memory belongs to this version at this position. */
  let folded = { version: 0, position: 0 };
  /** The version that stopped at an event. One that is rebuilt or switched to is worth another attempt. */
  let failedVersion: number | null = null;
  let batchSize = BATCH_EVENT_COUNT;
  let standbyReason: string | null = null;

  const forget = (): void => {
    folds.forget();
    folded = { version: 0, position: 0 };
  };

  const release = async (): Promise<void> => {
    const held = lease;
    lease = null;
    forget();
    if (held) await releaseLease(db, held);
  };

  /** Logs a reason once, however many cycles it lasts. */
  const standBy = async (reason: string): Promise<CycleOutcome> => {
    if (standbyReason !== reason) logger.info(`Not projecting: ${reason}`);
    standbyReason = reason;
    await release();
    return 'STANDBY';
  };

  const cycle = async (): Promise<CycleOutcome> => {
    const live = await liveVersion(db);
    if (!live) return standBy('there is no live version of the read models');
    if (live.layout !== currentLayout) return standBy('another release of the program has taken over');
    lease ??= await acquireLease(db, 'LIVE', leaseSeconds);
    if (lease === null) {
      const { holder } = await leaseStatus(db, 'LIVE');
      return holder === null ? 'STANDBY' : standBy(`another process does (${holder})`);
    }
    if (!(await resumeFrom(live))) return standBy('the read models were made from another log than this one');
    if (standbyReason !== null) logger.info({ position: live.position }, 'Projecting from here');
    standbyReason = null;
    const outcome = live.version === failedVersion ? 'IDLE' : await projectBatch(live, lease);
    if (outcome === 'IDLE') {
      batchSize = BATCH_EVENT_COUNT;
      await keepLease(lease);
    }
    return outcome;
  };

  /** Forgets what the folds remember where another process has moved the version. False: it was made from another log. */
  const resumeFrom = async (live: VersionRow): Promise<boolean> => {
    if (live.version === folded.version && live.position === folded.position) return true;
    forget();
    if (!(await isDerivedFrom(log, live))) return false;
    folded = { version: live.version, position: live.position };
    return true;
  };

  /** One transaction: the events after the projected position of the live version. */
  const projectBatch = async (live: VersionRow, held: Lease): Promise<CycleOutcome> => {
    failedVersion = null;
    try {
      const events = await readEvents(() => log.readAll(live.position, batchSize));
      const last = events.at(-1);
      if (!last) return 'IDLE';
      if (await commitBatch(db, { leases: [held], before: live, folds, events })) {
        renewedAt = performance.now();
        folded = { version: live.version, position: last.position };
        onCommit();
      } else forget();
      return 'PROGRESSED';
    } catch (error) {
      forget();
      if (!isDeterministicFailure(error)) throw error;
      // The events of a batch with a bad one in it are projected one by one, up to the bad one.
      if (batchSize > 1) {
        batchSize = 1;
        return 'PROGRESSED';
      }
      await stopAtEvent(live, held, error);
      return 'IDLE';
    }
  };

  const stopAtEvent = async ({ version, position }: VersionRow, held: Lease, error: Error): Promise<void> => {
    // Positions are dense: the one event that was read follows the projected position, even where it cannot be decoded.
    const failure = { position: position + 1, reason: `${error.name}: ${error.message}` };
    await recordFailure(db, [held], version, failure);
    failedVersion = version;
    logger.error({ position: failure.position, failure: failure.reason }, 'projections failed');
  };

  /** Renews the lease where no batch has renewed it for a while. */
  const keepLease = async (held: Lease): Promise<void> => {
    if (performance.now() - renewedAt < renewAfterMs) return;
    await renewLease(db, held);
    renewedAt = performance.now();
  };

  return {
    release,
    async run() {
      try {
        return await cycle();
      } catch (error) {
        forget();
        if (error instanceof LeaseLostError) {
          lease = null;
          logger.warn('Projecting was taken over by another process');
          return 'LEASE_LOST';
        }
        logger.warn({ err: error }, 'projecting was interrupted and will be tried again');
        return 'INTERRUPTED';
      }
    },
  };
}
