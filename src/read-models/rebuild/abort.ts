import { withRetry } from '../../concurrency/retry.js';
import { isLockTimeout } from '../database/database-failure.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { dropVersion, versionsOf } from '../database/versions.js';
import { renewLease, releaseLease, takeOverLease } from '../projector/lease.js';
import { DEFAULT_LEASE_SECONDS } from './rebuild-context.js';

/**
 * How long to wait for the tables of the process that builds. Between two parts of its comparison that process looks whether it
 * was aborted, and it locks the tables for as long as it reads one part.
 */
const DROP_TIMEOUT_MS = 600_000;

/**
 * Ends the rebuild that is under way in any process, or that was interrupted, and drops what it has built.
 * @returns the versions that were dropped
 */
export async function abortRebuild({ writing: db }: ReadDatabaseHandle): Promise<number[]> {
  // In a transaction of its own: the process that builds notices once it is committed, and then releases the tables.
  const lease = await takeOverLease(db, 'BUILDING', DEFAULT_LEASE_SECONDS);
  const drop = async (): Promise<number[]> => {
    // Each attempt has a transaction of its own: one that fails leaves the lease as it was.
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
