import { currentLayout, dropVersion, liveVersion } from '../database/versions.js';
import { truncateWriteAheadLog } from '../database/write-ahead-log.js';
import { renewLease, LeaseLostError, releaseLease, type Lease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import { projectUpTo, RebuildFailedError, newBuildTarget, type BuildTarget } from './project-up-to.js';
import { acquireBuildingLease } from './acquire-building-lease.js';
import { compareVersions, mergeComparisons, type Comparison } from './compare-versions.js';
import { compareWithLive, type ComparedVersions } from './compare-with-live.js';
import { prepareBuildingVersion } from './prepare-building-version.js';
import { withBothVersionsLocked } from './lock-both-versions.js';
import { switchTo } from './switch-live-version.js';
import {
  DEFAULT_LEASE_SECONDS,
  RebuildSupersededError,
  requireVersion,
  type RebuildOptions,
  type RebuildContext,
} from './rebuild-context.js';

export interface RebuildResult {
  readonly version: number;
  /** The version that was live when the new one was ready. */
  readonly previous: number;
  readonly position: number;
  /** The position from which an interrupted rebuild was continued; 0 where there was none. */
  readonly resumedAt: number;
  /** Null where there is nothing to compare: the versions have other tables, or another meaning. */
  readonly comparison: Comparison | null;
  readonly switched: boolean;
}

export interface Rebuild extends RebuildOptions {
  /** Switch even where old and new differ, as they may after a fold was corrected. */
  readonly acceptDifferences: boolean;
  /** The lease of the version that is being built, where the caller holds it already. */
  readonly lease?: Lease;
}

/**
 * Builds a new version of the read models beside the live one: replays the log into it, compares the two row for row at the
 * same projected position, and switches in one transaction. The version that was live stays as PREVIOUS. Queries are answered
 * throughout. The next rebuild continues one that was interrupted.
 *
 * Where the two differ the live one stays and the new one is dropped, unless differences are accepted.
 * @throws {RebuildFailedError} at an event that cannot be placed, or where there is another log; {RebuildSupersededError} when another process ends it.
 */
export async function rebuild(options: Rebuild): Promise<RebuildResult> {
  const { leaseSeconds = DEFAULT_LEASE_SECONDS, acceptDifferences } = options;
  const db = options.database.writing;
  const lease = options.lease ?? (await acquireBuildingLease(db, leaseSeconds));
  const context: RebuildContext = { ...options, lease, leaseSeconds };
  let version: number | null = null;
  try {
    if (!acceptDifferences) await refuseAnotherLog(context);
    const start = await prepareBuildingVersion(context);
    ({ version } = start);
    const target = newBuildTarget(version, [lease]);
    await replay(context, target);
    const compared = await compareWithLive(context, target, acceptDifferences);
    if (compared && compared.comparison.total > 0 && !acceptDifferences)
      return await dropDifferent(context, version, compared);
    const result = await switchIfEqual(context, target, compared, acceptDifferences);
    return { ...result, resumedAt: start.position };
  } catch (error) {
    throw (await isEnded(context, error)) ? await superseded(context, version, error) : error;
  } finally {
    await releaseLease(db, lease).catch(() => {});
    await truncateWriteAheadLog(options.database);
  }
}

/** @throws {RebuildFailedError} before anything is built that could not be compared */
async function refuseAnotherLog({ database, log }: RebuildContext): Promise<void> {
  const live = await liveVersion(database.writing);
  if (!live || (await isDerivedFrom(log, live))) return;
  throw new RebuildFailedError(
    'The read models that answer were made from another log than this one. Correct EVENT_STORE_URL or READ_DATABASE_URL; ' +
      'or, where the log was exchanged, switch with --accept-differences.',
  );
}

/** Fewer events than this may be left to project while both versions are locked. */
const MAX_REMAINING_EVENT_COUNT = 500;

/** Projects to the end of the log, but not past an event at which the live version has stopped: there the two are compared. */
async function replay(context: RebuildContext, target: BuildTarget): Promise<void> {
  const { log, database, onPhase } = context;
  await onPhase?.('Replaying the log');
  for (;;) {
    const live = await liveVersion(database.writing);
    const { position: head } = await log.head();
    const hasStopped = live?.layout === currentLayout && live.failed_position !== null;
    const upTo = hasStopped ? Math.min(head, live.position) : head;
    const { position } = await projectUpTo(context, target, upTo);
    if (upTo - position <= 0 && (await log.head()).position - head < MAX_REMAINING_EVENT_COUNT) return;
  }
}

/** Compares what was written since the comparison, and switches in the same transaction. */
async function switchIfEqual(
  context: RebuildContext,
  target: BuildTarget,
  compared: ComparedVersions | null,
  acceptDifferences: boolean,
): Promise<Omit<RebuildResult, 'resumedAt'>> {
  const { database, lease, onPhase } = context;
  const { version } = target;
  await onPhase?.('Switching');
  return withBothVersionsLocked(context, target, async ({ live, fresh, liveLease }) =>
    database.writing.transaction().execute(async (transaction) => {
      await renewLease(transaction, lease);
      await renewLease(transaction, liveLease);
      const rest =
        compared && (await compareVersions(transaction, live.version, version, { after: compared.position }));
      const comparison = compared && rest ? mergeComparisons(compared.comparison, rest) : null;
      const switched = acceptDifferences || (comparison?.total ?? 0) === 0;
      if (switched) await switchTo(transaction, live.version, version);
      else await dropVersion(transaction, version);
      return { version, previous: live.version, position: fresh.position, comparison, switched };
    }),
  );
}

async function dropDifferent(
  { database, lease }: RebuildContext,
  version: number,
  compared: ComparedVersions,
): Promise<RebuildResult> {
  await database.writing.transaction().execute(async (transaction) => {
    await renewLease(transaction, lease);
    await dropVersion(transaction, version);
  });
  const { comparison, position, live: previous } = compared;
  return { version, previous, position, resumedAt: 0, comparison, switched: false };
}

const ENDED = 'The rebuild was ended by another process, which aborted it or goes on with it.';

/**
 * Whether a failure comes from another process that has ended the rebuild. It shows by the lease, or earlier by tables that are
 * locked or dropped.
 */
async function isEnded({ database, lease }: RebuildContext, error: unknown): Promise<boolean> {
  if (error instanceof LeaseLostError) return true;
  return renewLease(database.writing, lease).then(
    () => false,
    (failure: unknown) => failure instanceof LeaseLostError,
  );
}

/** Why another process holds the lease. */
async function superseded({ database }: RebuildContext, version: number | null, cause: unknown): Promise<unknown> {
  const ended = new RebuildSupersededError(ENDED, { cause });
  return version === null
    ? ended
    : requireVersion(database.writing, version).then(
        () => ended,
        (error: unknown) => error,
      );
}
