import { currentLayout, dropVersion, liveVersion, type VersionRow } from '../database/versions.js';
import { emptyWriteAheadLog } from '../database/write-ahead-log.js';
import { renewLease, LeaseLostError, releaseLease, type Lease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import { projectUpTo, RebuildFailedError, newBuildTarget, type BuildTarget } from './project-up-to.js';
import { acquireBuildingLease } from './acquire-building-lease.js';
import { both, compareVersions, type Comparison } from './compare-versions.js';
import { prepareBuildingVersion } from './prepare-building-version.js';
import { withBothVersionsLocked } from './lock-both-versions.js';
import { inSnapshot } from '../database/snapshot.js';
import { switchTo } from './switch-live-version.js';
import {
  LEASE_SECONDS,
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
  /** Where an interrupted rebuild had come to, from which this one went on; 0 where it began anew. */
  readonly resumedAt: number;
  /** Null where there is nothing to compare: the versions have other tables, or another meaning. */
  readonly comparison: Comparison | null;
  readonly switched: boolean;
}

export interface Rebuild extends RebuildOptions {
  /** Switch even where old and new differ, as they may after the folds were mended. */
  readonly acceptDifferences: boolean;
  /** The lease of what is being built, where the caller holds it already. */
  readonly lease?: Lease;
}

/**
 * Builds a new version of the read models beside the live one: replays the log into it, compares the two row for row at the
 * same projected position, and switches in one transaction. The version that was live stays as PREVIOUS. Requests are answered
 * throughout. What an interruption leaves is gone on with by the next rebuild.
 *
 * Where the two differ the live one stays and the new one is dropped, unless differences are accepted.
 * @throws {RebuildFailedError} at an event that cannot be placed, or where there is another log; {RebuildSupersededError} when somebody ends it.
 */
export async function rebuild(options: Rebuild): Promise<RebuildResult> {
  const { leaseSeconds: seconds = LEASE_SECONDS, acceptDifferences } = options;
  const db = options.database.writing;
  const lease = options.lease ?? (await acquireBuildingLease(db, seconds));
  const context: RebuildContext = { ...options, lease, seconds };
  let version: number | null = null;
  try {
    if (!acceptDifferences) await refuseAnotherLog(context);
    const start = await prepareBuildingVersion(context);
    ({ version } = start);
    const target = newBuildTarget(version, [lease]);
    await replay(context, target);
    const compared = await compare(context, target, acceptDifferences);
    if (compared && compared.comparison.total > 0 && !acceptDifferences)
      return await refuse(context, version, compared);
    const result = await takeOver(context, target, compared, acceptDifferences);
    return { ...result, resumedAt: start.position };
  } catch (error) {
    throw (await isEnded(context, error)) ? await superseded(context, version, error) : error;
  } finally {
    await releaseLease(db, lease).catch(() => {});
    await emptyWriteAheadLog(options.database);
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

/** What was compared, and where. */
interface Compared {
  readonly comparison: Comparison;
  /** The version that was live. */
  readonly live: number;
  /** The projected position of both. */
  readonly position: number;
}

/** So few events are left over for the time in which nobody else projects. */
const NEARLY_THERE = 500;

/** To the end of the log, but not past an event that the live version could not place: there the two are compared. */
async function replay(context: RebuildContext, target: BuildTarget): Promise<void> {
  const { log, database, onPhase } = context;
  await onPhase?.('Replaying the log');
  for (;;) {
    const live = await liveVersion(database.writing);
    const { position: head } = await log.head();
    const isStuck = live?.layout === currentLayout && live.failed_position !== null;
    const upTo = isStuck ? Math.min(head, live.position) : head;
    const { position } = await projectUpTo(context, target, upTo);
    if (upTo - position <= 0 && (await log.head()).position - head < NEARLY_THERE) return;
  }
}

/** All that both hold at one projected position. The leases are kept only until the database holds that moment for us. */
async function compare(
  context: RebuildContext,
  target: BuildTarget,
  acceptDifferences: boolean,
): Promise<Compared | null> {
  const { database, lease, log, onPhase } = context;
  const now = await liveVersion(database.writing);
  if (now?.layout !== currentLayout || !(await isDerivedFrom(log, now))) return null;
  const released = Promise.withResolvers<void>();
  try {
    const { comparing } = await withBothVersionsLocked(context, target, async ({ live, fresh }) => {
      if (live.position !== fresh.position) {
        if (acceptDifferences) return { comparing: null };
        throw incomparable(live, fresh);
      }
      const pinned = Promise.withResolvers<void>();
      const comparing = inSnapshot(database, async (snapshot): Promise<Compared> => {
        // The first question is what fixes the moment.
        await liveVersion(snapshot);
        pinned.resolve();
        await released.promise;
        await onPhase?.(`Comparing with version ${live.version}, which answers meanwhile`);
        const onPart = () => renewLease(database.writing, lease);
        const comparison = await compareVersions(snapshot, live.version, fresh.version, { onPart });
        return { comparison, live: live.version, position: live.position };
      });
      comparing.catch(pinned.reject);
      await pinned.promise;
      // Not the promise itself, which would be waited for with the leases in hand.
      return { comparing };
    });
    released.resolve();
    return await comparing;
  } finally {
    released.resolve();
  }
}

const incomparable = (live: VersionRow, fresh: VersionRow): RebuildFailedError =>
  new RebuildFailedError(
    `The live version of the read models has stopped at event ${live.failed_position} (${live.failure}), and version ` +
      `${fresh.version} is past it, so the two cannot be compared. Switch with --accept-differences.`,
  );

/** What was written since the comparison is compared too, and the switch comes in the same transaction. */
async function takeOver(
  context: RebuildContext,
  target: BuildTarget,
  compared: Compared | null,
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
      const comparison = compared && rest ? both(compared.comparison, rest) : null;
      const switched = acceptDifferences || (comparison?.total ?? 0) === 0;
      if (switched) await switchTo(transaction, live.version, version);
      else await dropVersion(transaction, version);
      return { version, previous: live.version, position: fresh.position, comparison, switched };
    }),
  );
}

async function refuse(
  { database, lease }: RebuildContext,
  version: number,
  compared: Compared,
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
 * Whether a failure comes from another process that has ended the rebuild: it is noticed by the lease, or earlier by tables that
 * are gone or about to go.
 */
async function isEnded({ database, lease }: RebuildContext, error: unknown): Promise<boolean> {
  if (error instanceof LeaseLostError) return true;
  return renewLease(database.writing, lease).then(
    () => false,
    (failure: unknown) => failure instanceof LeaseLostError,
  );
}

/** Why the lease is somebody else's. */
async function superseded({ database }: RebuildContext, version: number | null, cause: unknown): Promise<unknown> {
  const ended = new RebuildSupersededError(ENDED, { cause });
  return version === null
    ? ended
    : requireVersion(database.writing, version).then(
        () => ended,
        (error: unknown) => error,
      );
}
