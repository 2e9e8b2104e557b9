import type { StoredEvent } from '../../../events/envelope.js';
import type { RegistryDatabase, RegistryTransaction, VersionRow } from '../database/versions.js';
import { projectEvents, type Folds } from './project-events.js';
import { renewLease, type Lease } from './lease.js';

/** Events to project into one version of the read models. */
export interface Batch {
  /** All are renewed, always in the same order so that no two processes deadlock. */
  readonly leases: readonly Lease[];
  /** The version as it was read, before the events that follow its projected position were. */
  readonly before: VersionRow;
  readonly folds: Folds;
  readonly events: readonly StoredEvent[];
  /** Further work for the same transaction. */
  readonly alongside?: (transaction: RegistryTransaction) => Promise<void>;
}

/**
 * Projects a batch in one transaction, under the leases. False: the version was moved or got another role since it was read, and
 * nothing was written.
 * @throws {LeaseLostError}
 */
export async function commitBatch(db: RegistryDatabase, batch: Batch): Promise<boolean> {
  const { leases, before, folds, events, alongside } = batch;
  return db.transaction().execute(async (transaction) => {
    for (const lease of leases) await renewLease(transaction, lease);
    const now = await transaction
      .selectFrom('read_model_version')
      .selectAll()
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (now?.role !== before.role || now.position !== before.position) return false;
    await projectEvents(transaction, before.version, folds, events);
    await alongside?.(transaction);
    return true;
  });
}

/** Records at which event a version has stopped, and why. @throws {LeaseLostError} */
export async function recordFailure(
  db: RegistryDatabase,
  leases: readonly Lease[],
  version: number,
  failure: { readonly position: number; readonly reason: string },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const lease of leases) await renewLease(transaction, lease);
    await transaction
      .updateTable('read_model_version')
      .set({ failed_position: failure.position, failure: failure.reason })
      .where('version', '=', version)
      .execute();
  });
}
