import { setTimeout } from 'node:timers/promises';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { RegistryDatabase } from '../database/versions.js';
import { leaseStatus, acquireLease, type Lease } from '../projector/lease.js';

/** How often to look whether the lease has become free, in milliseconds. */
const LOOK_AGAIN = 100;

/**
 * Takes the lease of what is being built. One whose holder has ended is waited for until it ends too.
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
    await setTimeout(LOOK_AGAIN);
  }
}
