import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import type { RegistryDatabase, VersionRow } from '../database/versions.js';
import type { Lease } from '../projector/lease.js';
import type { Pace } from '../projector/status.js';

/** How far a version that is being built has come. */
export interface BuildProgress extends Pace {
  readonly version: number;
  readonly position: number;
  /** The position that it is to reach. */
  readonly of: number;
}

export interface RebuildOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  /** How long a lease lasts after it was last renewed. */
  readonly leaseSeconds?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** Called with the phase that is about to begin, in words. The rebuild waits for it. */
  readonly onPhase?: (phase: string) => void | Promise<void>;
}

/** What all phases of a rebuild work with. */
export interface RebuildContext extends RebuildOptions {
  /** The lease of the version that is being built. */
  readonly lease: Lease;
  readonly leaseSeconds: number;
}

/** How long the leases of a rebuild last unless told otherwise. */
export const DEFAULT_LEASE_SECONDS = 30;

/** Another process has ended the rebuild, or begun another one in its place. */
export class RebuildSupersededError extends ExpectedError {
  override readonly code = 'REBUILD_SUPERSEDED';
}

/** @throws {RebuildSupersededError} when the version is gone */
export async function requireVersion(db: RegistryDatabase, version: number): Promise<VersionRow> {
  const row = await db.selectFrom('read_model_version').selectAll().where('version', '=', version).executeTakeFirst();
  if (row) return row;
  throw new RebuildSupersededError(`The rebuild was aborted: version ${version} of the read models was dropped.`);
}
