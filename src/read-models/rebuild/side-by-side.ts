import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { releaseLease, seizeLease, type Lease } from '../projector/lease.js';
import { bring, travellerOf, type Traveller } from './bring.js';
import { versionNamed, type Work } from './work.js';

/** The live version and the new one, which nobody else can move. */
export interface SideBySide {
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
export async function sideBySide<T>(
  work: Work,
  traveller: Traveller,
  doing: (both: SideBySide) => Promise<T>,
): Promise<T> {
  const db = work.database.writing;
  const liveLease = await seizeLease(db, 'LIVE', work.seconds);
  try {
    const live = await liveVersion(db);
    if (!live) throw new Error('The read database has no live version.');
    const leases = [work.lease, liveLease];
    const fresh = await versionNamed(db, traveller.version);
    const meeting = Math.max(live.position, fresh.position);
    return await doing({
      liveLease,
      live: live.position < meeting ? await bringLive(work, live, leases, meeting) : live,
      fresh: fresh.position < meeting ? await bring(work, { ...traveller, leases }, meeting) : fresh,
    });
  } finally {
    // Where the database is away the lease ends by itself.
    await releaseLease(db, liveLease).catch(() => {});
  }
}

/** Without a server there is no projector but this. One that has stopped at an event stays where it is. */
async function bringLive(work: Work, live: VersionRow, leases: readonly Lease[], upTo: number): Promise<VersionRow> {
  if (live.layout !== currentLayout || live.failed_position !== null) return live;
  const { onProgress: _, ...silently } = work;
  return bring(silently, travellerOf(live.version, leases), upTo);
}
