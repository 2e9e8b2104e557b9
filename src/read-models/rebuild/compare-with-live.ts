import { currentLayout, liveVersion, type VersionRow } from '../database/versions.js';
import { inSnapshot } from '../database/snapshot.js';
import { renewLease } from '../projector/lease.js';
import { isDerivedFrom } from '../projector/source-log.js';
import { compareVersions, type Comparison } from './compare-versions.js';
import { withBothVersionsLocked } from './lock-both-versions.js';
import { RebuildFailedError, type BuildTarget } from './project-up-to.js';
import type { RebuildContext } from './rebuild-context.js';

/** A comparison of the new version with the live one. */
export interface ComparedVersions {
  readonly comparison: Comparison;
  /** The version that was live. */
  readonly live: number;
  /** The projected position of both. */
  readonly position: number;
}

/**
 * Compares all rows of the new version with those of the live one, at one projected position. Both versions are locked only until
 * the database has a snapshot of them. Null: the two cannot be compared, because the live version has another layout or log, or
 * has stopped before the new one and differences are accepted.
 */
export async function compareWithLive(
  context: RebuildContext,
  target: BuildTarget,
  acceptDifferences: boolean,
): Promise<ComparedVersions | null> {
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
      const comparing = inSnapshot(database, async (snapshot): Promise<ComparedVersions> => {
        // The first query fixes the snapshot.
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
      // In an object: a promise that is returned as it is would be awaited while both versions are locked.
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
