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
  /** How long a lease lasts after the last sign of its holder, in seconds. */
  readonly leaseSeconds?: number;
  readonly onProgress?: (progress: BuildProgress) => void;
  /** What is about to begin, in words. It is waited for. */
  readonly onPhase?: (phase: string) => void | Promise<void>;
}

/** What all phases of a rebuild work with. */
export interface RebuildContext extends RebuildOptions {
  /** The lease of what is being built. */
  readonly lease: Lease;
  readonly seconds: number;
}

/** How long the leases of a rebuild last unless told otherwise, in seconds. */
export const LEASE_SECONDS = 30;

/** Somebody has ended the rebuild, or begun another one in its place. */
export class RebuildSupersededError extends ExpectedError {
  override readonly code = 'REBUILD_SUPERSEDED';
}

/** @throws {RebuildSupersededError} when the version is gone */
export async function requireVersion(db: RegistryDatabase, version: number): Promise<VersionRow> {
  const row = await db.selectFrom('read_model_version').selectAll().where('version', '=', version).executeTakeFirst();
  if (row) return row;
  throw new RebuildSupersededError(`The rebuild was aborted: version ${version} of the read models was dropped.`);
}
