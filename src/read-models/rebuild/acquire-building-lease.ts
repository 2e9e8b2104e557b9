import { setTimeout } from 'node:timers/promises';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { RegistryDatabase } from '../database/versions.js';
import { leaseStatus, acquireLease, type Lease } from '../projector/lease.js';

/** How often to look whether the lease has become free. */
const POLL_INTERVAL_MS = 100;

/**
 * Acquires the lease of the version that is being built. Waits for a lease that its holder renews no more until it expires.
 * @throws {ExpectedError} while another process renews it
 */
export async function acquireBuildingLease(db: RegistryDatabase, seconds: number): Promise<Lease> {
  const first = await leaseStatus(db, 'BUILDING');
  for (;;) {
    const lease = await acquireLease(db, 'BUILDING', seconds);
    if (lease) return lease;
    const now = await leaseStatus(db, 'BUILDING');
    if (now.holder !== null && (now.token !== first.token || now.expiresAt !== first.expiresAt)) {
      throw new ExpectedError(
        `The read models are being rebuilt already (${now.holder}). Wait for that, or end it: rebuild --abort.`,
      );
    }
    await setTimeout(POLL_INTERVAL_MS);
  }
}
