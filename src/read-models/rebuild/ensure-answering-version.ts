import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { EventStore } from '../../event-store/port.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { answeringVersion, liveVersion } from '../database/versions.js';
import { renewLease, leaseStatus, releaseLease, acquireLease, type Lease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import { rebuild } from './rebuild.js';
import { LEASE_SECONDS } from './rebuild-context.js';

/** How often to look whether others have built what this program can answer from, in milliseconds. */
const LOOK_AGAIN = 250;

export interface AnsweringVersionOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  readonly logger: Logger;
  /** Whether this process builds, if nobody else does. */
  readonly projecting: boolean;
  /** Whether the read models were made from a log that is gone, as was seen before this one was filled. */
  readonly lost: boolean;
}

/**
 * Sees to it that there is a version of the read models that this program can answer from. Of several processes that start
 * together one builds it, beside the one that an older release answers from, and the others wait.
 * @throws {ExpectedError} where another process keeps the read models up to date with another log
 */
export async function ensureAnsweringVersion({
  log,
  database,
  logger,
  projecting,
  lost,
}: AnsweringVersionOptions): Promise<void> {
  let waiting = false;
  for (;;) {
    // Who has waited has seen somebody else at it.
    const sure = lost && !waiting;
    const reason = sure ? LOST : await reasonToRebuild(log, database);
    if (reason === null) return;
    const lease = projecting ? await acquireLease(database.writing, 'BUILDING', LEASE_SECONDS) : null;
    if (lease) {
      // Another process may have finished right before.
      if (!sure && (await reasonToRebuild(log, database)) === null) return releaseLease(database.writing, lease);
      const projector = reason === LOST ? await whoProjects(database, lease) : null;
      if (projector !== null) {
        await releaseLease(database.writing, lease);
        if (!(await isLiveVersionOfAnotherLog(log, database))) return;
        throw keptByAnother(projector);
      }
      logger.info(`Rebuilding the read models: ${reason}`);
      await rebuild({ log, database, lease, acceptDifferences: true, onProgress: told(logger) });
      return;
    }
    if (!waiting) {
      const { holder } = await leaseStatus(database.reading, 'BUILDING');
      logger.info({ builder: holder }, `Waiting for the read models, which another process has to build: ${reason}`);
    }
    waiting = true;
    await setTimeout(LOOK_AGAIN);
  }
}

/** How often to tell, in milliseconds. */
const TELL_AFTER = 5_000;

function told(logger: Logger) {
  let last = performance.now();
  return (progress: object): void => {
    if (performance.now() - last < TELL_AFTER) return;
    last = performance.now();
    logger.info(progress, 'Rebuilding the read models');
  };
}

const LOST = 'they were made from another log than this one';

/** Who shows that it projects; null once the lease of the last one has ended. Nobody builds meanwhile. */
async function whoProjects({ writing: db }: ReadDatabaseHandle, building: Lease): Promise<string | null> {
  const first = await leaseStatus(db, 'LIVE');
  for (;;) {
    const now = await leaseStatus(db, 'LIVE');
    if (now.holder === null || now.token !== first.token || now.expiresAt !== first.expiresAt) return now.holder;
    await renewLease(db, building);
    await setTimeout(LOOK_AGAIN);
  }
}

/** To take the read models away from who has them would give all its readers the answers of this log. */
const keptByAnother = (projector: string) =>
  new ExpectedError(
    `The read models are made from another log than this one, and are kept up to date with it (${projector}). Correct ` +
      'EVENT_STORE_URL, or name another place in READ_DATABASE_URL. After a log was restored, end all processes that use these ' +
      'read models, and start again.',
  );

/** Why the read models there cannot answer for this log in this program; null: they can. */
async function reasonToRebuild(log: EventStore, database: ReadDatabaseHandle): Promise<string | null> {
  const answering = await answeringVersion(database.reading);
  if (!answering) return 'this version of the program derives other tables';
  // Where another release answers by now, this one is to be ended; or it is to answer again, and its operator says so.
  return answering.role === 'LIVE' && (await isLiveVersionOfAnotherLog(log, database)) ? LOST : null;
}

/** Whether the read models were made from another log than this one. */
export async function isLiveVersionOfAnotherLog(log: EventStore, database: ReadDatabaseHandle): Promise<boolean> {
  const live = await liveVersion(database.reading);
  return live !== undefined && !(await isDerivedFrom(log, live));
}
