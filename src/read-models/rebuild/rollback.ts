import { ExpectedError } from '../../../events/errors/expected-error.js';
import { currentLayout, liveVersion, versionsOf } from '../database/versions.js';
import { renewLease, LeaseLostError, releaseLease } from '../projector/lease.js';
import { projectUpTo, newBuildTarget } from './project-up-to.js';
import { acquireBuildingLease } from './acquire-building-lease.js';
import { withBothVersionsLocked } from './lock-both-versions.js';
import { switchTo } from './switch-live-version.js';
import {
  DEFAULT_LEASE_SECONDS,
  RebuildSupersededError,
  type RebuildOptions,
  type RebuildContext,
} from './rebuild-context.js';

export interface RollbackResult {
  /** What was live until now. */
  readonly from: number;
  readonly to: number;
  readonly position: number;
}

/**
 * Lets the version answer again that answered before the live one, after it has caught up with the log. It must be one of
 * this release's: to go back to an older release, its own program rolls back.
 * @throws {ExpectedError} where there is none
 */
export async function rollback(options: RebuildOptions): Promise<RollbackResult> {
  const { leaseSeconds = DEFAULT_LEASE_SECONDS, database, log, onPhase } = options;
  const db = database.writing;
  const lease = await acquireBuildingLease(db, leaseSeconds);
  const context: RebuildContext = { ...options, lease, leaseSeconds };
  try {
    const to = (await versionsOf(db)).findLast(({ role, layout }) => role === 'PREVIOUS' && layout === currentLayout);
    if (!to) throw noneToGoBackTo;
    const target = newBuildTarget(to.version, [lease]);
    await onPhase?.(`Bringing version ${to.version} up to date`);
    await projectUpTo(context, target, Math.max((await log.head()).position, (await liveVersion(db))?.position ?? 0));
    return await withBothVersionsLocked(context, target, ({ live, fresh, liveLease }) =>
      db.transaction().execute(async (transaction) => {
        await renewLease(transaction, lease);
        await renewLease(transaction, liveLease);
        await switchTo(transaction, live.version, to.version);
        return { from: live.version, to: to.version, position: fresh.position };
      }),
    );
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    throw new RebuildSupersededError('The way back was cut short: a rebuild was begun or aborted meanwhile.');
  } finally {
    await releaseLease(db, lease).catch(() => {});
  }
}

const noneToGoBackTo = new ExpectedError(
  'There is no version to go back to that this release of the program can answer from. Rebuild to have a new one.',
);
