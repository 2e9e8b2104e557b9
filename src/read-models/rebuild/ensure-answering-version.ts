import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { EventStore } from '../../event-store/port.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { answeringVersion, liveVersion } from '../database/versions.js';
import { renewLease, leaseStatus, releaseLease, acquireLease, type Lease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import { rebuild } from './rebuild.js';
import { DEFAULT_LEASE_SECONDS } from './rebuild-context.js';

/** How often to look whether another process has built what this program can answer from. */
const POLL_INTERVAL_MS = 250;

export interface AnsweringVersionOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly logger: Logger;
  /** Whether this process builds, if no other process does. */
  readonly projecting: boolean;
  /** Whether the read models were made from another log, as was seen before this log was filled. */
  readonly lost: boolean;
}

/**
 * Resolves once there is a version of the read models that this program can answer from. Of several processes that start
 * together one builds it, beside the version that an older release answers from, and the others wait.
 * @throws {ExpectedError} where another process keeps the read models up to date with another log
 */
export async function ensureAnsweringVersion({
  log,
  database,
  logger,
  projecting,
  lost,
}: AnsweringVersionOptions): Promise<void> {
  let isWaiting = false;
  for (;;) {
    // A process that has waited cannot tell any more: another one may have rebuilt from this log.
    const isKnownLost = lost && !isWaiting;
    const reason = isKnownLost ? FROM_ANOTHER_LOG : await reasonToRebuild(log, database);
    if (reason === null) return;
    const lease = projecting ? await acquireLease(database.writing, 'BUILDING', DEFAULT_LEASE_SECONDS) : null;
    if (lease) {
      // Another process may have finished right before.
      if (!isKnownLost && (await reasonToRebuild(log, database)) === null) return releaseLease(database.writing, lease);
      const projector = reason === FROM_ANOTHER_LOG ? await findProjector(database, lease) : null;
      if (projector !== null) {
        await releaseLease(database.writing, lease);
        if (!(await isLiveVersionOfAnotherLog(log, database))) return;
        throw projectedByAnother(projector);
      }
      logger.info(`Rebuilding the read models: ${reason}`);
      await rebuild({ log, database, lease, acceptDifferences: true, onProgress: progressLogger(logger) });
      return;
    }
    if (!isWaiting) {
      const { holder } = await leaseStatus(database.reading, 'BUILDING');
      logger.info({ builder: holder }, `Waiting for the read models, which another process has to build: ${reason}`);
    }
    isWaiting = true;
    await setTimeout(POLL_INTERVAL_MS);
  }
}

const PROGRESS_LOG_INTERVAL_MS = 5_000;

function progressLogger(logger: Logger) {
  let last = performance.now();
  return (progress: object): void => {
    if (performance.now() - last < PROGRESS_LOG_INTERVAL_MS) return;
    last = performance.now();
    logger.info(progress, 'Rebuilding the read models');
  };
}

const FROM_ANOTHER_LOG = 'they were made from another log than this one';

/** The process that renews the lease of the live version; null once that lease has expired. No process builds meanwhile. */
async function findProjector({ writing: db }: ReadDatabaseHandle, building: Lease): Promise<string | null> {
  const first = await leaseStatus(db, 'LIVE');
  for (;;) {
    const now = await leaseStatus(db, 'LIVE');
    if (now.holder === null || now.token !== first.token || now.expiresAt !== first.expiresAt) return now.holder;
    await renewLease(db, building);
    await setTimeout(POLL_INTERVAL_MS);
  }
}

/** The readers of that process would get the answers of this log if its read models were taken over. */
const projectedByAnother = (projector: string) =>
  new ExpectedError(
    `The read models are made from another log than this one, and are kept up to date with it (${projector}). Correct ` +
      'EVENT_STORE_URL, or name another place in READ_DATABASE_URL. After a log was restored, end all processes that use these ' +
      'read models, and start again.',
  );

/** Why the read models there cannot answer for this log in this program; null: they can. */
async function reasonToRebuild(log: EventStore, database: ReadDatabaseHandle): Promise<string | null> {
  const answering = await answeringVersion(database.reading);
  if (!answering) return 'this version of the program derives other tables';
  // Where another release is live by now, its read models are not this program's to replace.
  return answering.role === 'LIVE' && (await isLiveVersionOfAnotherLog(log, database)) ? FROM_ANOTHER_LOG : null;
}

/** Whether the read models were made from another log than this one. */
export async function isLiveVersionOfAnotherLog(log: EventStore, database: ReadDatabaseHandle): Promise<boolean> {
  const live = await liveVersion(database.reading);
  return live !== undefined && !(await isDerivedFrom(log, live));
}
