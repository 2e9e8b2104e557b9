import type { StoredEvent } from '../../events/envelope.js';
import type { RegistryDatabase, VersionRow } from '../read-database/versions.js';
import { project, type Folds } from './batch.js';
import { holdLease, type Lease } from './lease.js';

export interface Advance {
  readonly lease: Lease;
  /** As it was read before the events that follow its checkpoint. */
  readonly before: VersionRow;
  readonly folds: Folds;
  readonly events: readonly StoredEvent[];
}

/**
 * One transaction: the events into one version of the read models, under the lease. False: the version has been moved, or
 * has got another role, since it was read, and nothing was written.
 * @throws {LeaseLost}
 */
export async function advance(db: RegistryDatabase, { lease, before, folds, events }: Advance): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await holdLease(transaction, lease);
    const now = await transaction
      .selectFrom('read_model_version')
      .selectAll()
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (now?.role !== before.role || now.position !== before.position) return false;
    await project(transaction, before.version, folds, events);
    return true;
  });
}

/** Notes at which event a version has stopped, and why. */
export async function noteFailure(
  db: RegistryDatabase,
  lease: Lease,
  version: number,
  failure: { readonly position: number; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await holdLease(transaction, lease);
    await transaction
      .updateTable('read_model_version')
      .set({ failed_position: failure.position, failure: failure.reason })
      .where('version', '=', version)
      .execute();
  });
}
