import { withRetry } from '../../concurrency/retry.js';
import { isLockTimeout } from '../database/database-failure.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { dropVersion, versionsOf } from '../database/versions.js';
import { renewLease, releaseLease, takeOverLease } from '../projector/lease.js';
import { LEASE_SECONDS } from './rebuild-context.js';

/**
 * How long to wait for who builds to let go of its tables, in milliseconds. It looks whether it was ended between two parts of its
 * comparison, each of which it reads in one go.
 */
const DROP_TIMEOUT_MS = 600_000;

/**
 * Ends the rebuild that is under way, in whatever process, or that was interrupted, and drops what it has built.
 * @returns the versions that were dropped
 */
export async function abortRebuild({ writing: db }: ReadDatabaseHandle): Promise<number[]> {
  // In a transaction of its own: who builds notices, and lets go of the tables, only once it is committed.
  const lease = await takeOverLease(db, 'BUILDING', LEASE_SECONDS);
  const drop = async (): Promise<number[]> => {
    // Each try in a transaction of its own, which leaves the lease as it was where it fails.
    await renewLease(db, lease);
    return db.transaction().execute(async (transaction) => {
      await renewLease(transaction, lease);
      const building = (await versionsOf(transaction)).filter(({ role }) => role === 'BUILDING');
      for (const { version } of building) await dropVersion(transaction, version);
      return building.map(({ version }) => version);
    });
  };
  try {
    return await withRetry(drop, { timeoutMs: DROP_TIMEOUT_MS, isRetryable: isLockTimeout });
  } finally {
    await releaseLease(db, lease).catch(() => {});
  }
}
