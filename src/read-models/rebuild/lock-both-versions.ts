import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { releaseLease, takeOverLease, type Lease } from '../projector/lease.js';
import { projectUpTo, newBuildTarget, type BuildTarget } from './project-up-to.js';
import { requireVersion, type RebuildContext } from './rebuild-context.js';

/** The live version and the new one, which nobody else can move. */
export interface LockedVersions {
  readonly live: VersionRow;
  readonly fresh: VersionRow;
  /** Of the live version; the projector of a server gets it again afterwards. */
  readonly liveLease: Lease;
}

/**
 * Keeps everybody else from projecting, brings the live version and the new one to the same projected position where they can come
 * there, and works on them.
 * Readers go on being answered, and the log goes on growing.
 */
export async function withBothVersionsLocked<T>(
  context: RebuildContext,
  target: BuildTarget,
  doing: (both: LockedVersions) => Promise<T>,
): Promise<T> {
  const db = context.database.writing;
  const liveLease = await takeOverLease(db, 'LIVE', context.seconds);
  try {
    const live = await liveVersion(db);
    if (!live) throw new Error('The read database has no live version.');
    const leases = [context.lease, liveLease];
    const fresh = await requireVersion(db, target.version);
    const meeting = Math.max(live.position, fresh.position);
    return await doing({
      liveLease,
      live: live.position < meeting ? await bringLive(context, live, leases, meeting) : live,
      fresh: fresh.position < meeting ? await projectUpTo(context, { ...target, leases }, meeting) : fresh,
    });
  } finally {
    // Where the database is away the lease ends by itself.
    await releaseLease(db, liveLease).catch(() => {});
  }
}

/** Without a server there is no projector but this. One that has stopped at an event stays where it is. */
async function bringLive(
  context: RebuildContext,
  live: VersionRow,
  leases: readonly Lease[],
  upTo: number,
): Promise<VersionRow> {
  if (live.layout !== currentLayout || live.failed_position !== null) return live;
  const { onProgress: _, ...silently } = context;
  return projectUpTo(silently, newBuildTarget(live.version, leases), upTo);
}
