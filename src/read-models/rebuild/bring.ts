import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { dialectOf } from '../database/dialect.js';
import type { RegistryTransaction, VersionRow } from '../database/versions.js';
import { advance, noteFailure } from '../projector/advance.js';
import { newFolds, type Folds } from '../projector/batch.js';
import type { Lease } from '../projector/lease.js';
import { isPoison } from '../projector/poison.js';
import { paceOf } from '../projector/status.js';
import { eventsAhead } from './events-ahead.js';
import { RebuildSupersededError, versionNamed, type Work } from './work.js';

/** Events per transaction: others who want to write wait no longer than one takes. */
const BATCH = 2000;

/** A version of the read models on its way along the log. */
export interface Traveller {
  readonly version: number;
  readonly folds: Folds;
  /** Under which it may be written. */
  readonly leases: readonly Lease[];
}

/** The events of the log cannot be placed from here on. */
export class RebuildFailedError extends ExpectedError {
  override readonly code = 'REBUILD_FAILED';
}

/** Projects a version as far as the position. @throws {LeaseLostError}, {RebuildFailedError}, {RebuildSupersededError} */
export async function bring(work: Work, traveller: Traveller, upTo: number): Promise<VersionRow> {
  const start = await versionNamed(work.database.writing, traveller.version);
  try {
    return await go(work, traveller, start, upTo, BATCH);
  } catch (error) {
    traveller.folds.forget();
    if (!isPoison(error) || error instanceof ExpectedError) throw error;
  }
  // One of the batch is bad: what precedes it is projected one by one, and the bad one is named.
  const before = await versionNamed(work.database.writing, traveller.version);
  try {
    return await go(work, traveller, before, upTo, 1);
  } catch (error) {
    traveller.folds.forget();
    if (!isPoison(error) || error instanceof ExpectedError) throw error;
    throw await failed(work, traveller, error);
  }
}

async function go(
  work: Work,
  traveller: Traveller,
  start: VersionRow,
  upTo: number,
  size: number,
): Promise<VersionRow> {
  const { log, database, onProgress } = work;
  const db = database.writing;
  const { version, folds, leases } = traveller;
  let row = start;
  for await (const events of eventsAhead(log, start.position, upTo, size)) {
    const also = (transaction: RegistryTransaction) => noteProgress(transaction, version, upTo);
    if (!(await advance(db, { leases, before: row, folds, events, also }))) {
      throw new RebuildSupersededError(`Version ${version} of the read models was moved by another process.`);
    }
    row = { ...row, position: events.at(-1)?.position ?? row.position, failed_position: null, failure: null };
    onProgress?.({ version, position: row.position, of: upTo, ...(await paceOf(db, row, upTo - row.position)) });
    await setImmediate();
  }
  return row;
}

async function noteProgress(transaction: RegistryTransaction, version: number, target: number): Promise<void> {
  await transaction
    .updateTable('read_model_build')
    .set({ seen_at: sql<number>`${dialectOf(transaction).now}`, target })
    .where('version', '=', version)
    .execute();
}

async function failed({ database }: Work, { version, leases }: Traveller, error: Error): Promise<RebuildFailedError> {
  const { position } = await versionNamed(database.writing, version);
  const reason = `${error.name}: ${error.message}`;
  // Positions are dense: the one event that was asked for stands next to the projected position, even if it cannot be read.
  await noteFailure(database.writing, leases, version, { position: position + 1, reason });
  return new RebuildFailedError(
    `Version ${version} of the read models stopped at event ${position + 1}: ${reason}. What answers requests was left as ` +
      `it is. With the folds mended, rebuild again: it goes on from there. Or end it: rebuild --abort.`,
    { cause: error },
  );
}

export const travellerOf = (version: number, leases: readonly Lease[]): Traveller => ({
  version,
  folds: newFolds(),
  leases,
});
