import type { ReadDatabaseHandle } from '../../read-database/open.js';
import { dropVersion, versionsOf } from '../../read-database/versions.js';
import { holdLease, releaseLease, seizeLease } from '../lease.js';
import { LEASE_SECONDS } from './work.js';

/**
 * Ends the rebuild that is under way, in whatever process, or that was interrupted, and drops what it has built.
 * @returns the versions that were dropped
 */
export async function abortRebuild({ writing: db }: ReadDatabaseHandle): Promise<number[]> {
  // In a transaction of its own: who builds notices, and lets go of the tables, only once it is committed.
  const lease = await seizeLease(db, 'BUILDING', LEASE_SECONDS);
  try {
    return await db.transaction().execute(async (transaction) => {
      await holdLease(transaction, lease);
      const building = (await versionsOf(transaction)).filter(({ role }) => role === 'BUILDING');
      for (const { version } of building) await dropVersion(transaction, version);
      return building.map(({ version }) => version);
    });
  } finally {
    await releaseLease(db, lease).catch(() => {});
  }
}
