import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { releaseLease, takeOverLease, type Lease } from '../projector/lease.js';
import { projectUpTo, newBuildTarget, type BuildTarget } from './project-up-to.js';
import { requireVersion, type RebuildContext } from './rebuild-context.js';

/** The live version and the new one, which no other process can move. */
export interface LockedVersions {
  readonly live: VersionRow;
  readonly fresh: VersionRow;
  /** The lease of the live version. A server's projector acquires it again afterwards. */
  readonly liveLease: Lease;
}

/**
 * Keeps other processes from projecting, projects the live version and the new one up to the same position where they can get
 * there, and does the work on both. Queries are answered meanwhile, and the log goes on growing.
 */
export async function withBothVersionsLocked<T>(
  context: RebuildContext,
  target: BuildTarget,
  work: (both: LockedVersions) => Promise<T>,
): Promise<T> {
  const db = context.database.writing;
  const liveLease = await takeOverLease(db, 'LIVE', context.leaseSeconds);
  try {
    const live = await liveVersion(db);
    if (!live) throw new Error('The read database has no live version.');
    const leases = [context.lease, liveLease];
    const fresh = await requireVersion(db, target.version);
    const upTo = Math.max(live.position, fresh.position);
    return await work({
      liveLease,
      live: live.position < upTo ? await projectLive(context, live, leases, upTo) : live,
      fresh: fresh.position < upTo ? await projectUpTo(context, { ...target, leases }, upTo) : fresh,
    });
  } finally {
    // Where the database is away the lease expires.
    await releaseLease(db, liveLease).catch(() => {});
  }
}

/** No projector runs meanwhile. A version that has stopped at an event stays where it is. */
async function projectLive(
  context: RebuildContext,
  live: VersionRow,
  leases: readonly Lease[],
  upTo: number,
): Promise<VersionRow> {
  if (live.layout !== currentLayout || live.failed_position !== null) return live;
  const { onProgress: _, ...withoutProgress } = context;
  return projectUpTo(withoutProgress, newBuildTarget(live.version, leases), upTo);
}
