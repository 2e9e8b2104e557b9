import type { StoredEvent } from '../../../events/envelope.js';
import type { RegistryDatabase, RegistryTransaction, VersionRow } from '../database/versions.js';
import { projectEvents, type Folds } from './project-events.js';
import { renewLease, type Lease } from './lease.js';

export interface Batch {
  /** All are renewed; always in the same order, so that no two processes wait for each other. */
  readonly leases: readonly Lease[];
  /** As it was read before the events that follow its projected position. */
  readonly before: VersionRow;
  readonly folds: Folds;
  readonly events: readonly StoredEvent[];
  /** What else belongs into the transaction. */
  readonly also?: (transaction: RegistryTransaction) => Promise<void>;
}

/**
 * One transaction: the events into one version of the read models, under the leases. False: the version has been moved, or
 * has got another role, since it was read, and nothing was written.
 * @throws {LeaseLostError}
 */
export async function commitBatch(db: RegistryDatabase, batch: Batch): Promise<boolean> {
  const { leases, before, folds, events, also } = batch;
  return db.transaction().execute(async (transaction) => {
    for (const lease of leases) await renewLease(transaction, lease);
    const now = await transaction
      .selectFrom('read_model_version')
      .selectAll()
      .where('version', '=', before.version)
      .executeTakeFirst();
    if (now?.role !== before.role || now.position !== before.position) return false;
    await projectEvents(transaction, before.version, folds, events);
    await also?.(transaction);
    return true;
  });
}

/** Notes at which event a version has stopped, and why. @throws {LeaseLostError} */
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
