import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { isDeterministicFailure } from '../../../events/errors/event-errors.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { dialectOf } from '../database/dialect.js';
import type { RegistryTransaction, VersionRow } from '../database/versions.js';
import { commitBatch, recordFailure } from '../projector/commit-batch.js';
import { newFolds, type Folds } from '../projector/project-events.js';
import type { Lease } from '../projector/lease.js';
import { paceOf } from '../projector/status.js';
import { prefetchEvents } from './prefetch-events.js';
import { RebuildSupersededError, requireVersion, type RebuildContext } from './rebuild-context.js';

/** Events per transaction: others who want to write wait no longer than one takes. */
const BATCH = 2000;

/** A version of the read models on its way along the log. */
export interface BuildTarget {
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
export async function projectUpTo(context: RebuildContext, target: BuildTarget, upTo: number): Promise<VersionRow> {
  const start = await requireVersion(context.database.writing, target.version);
  try {
    return await go(context, target, start, upTo, BATCH);
  } catch (error) {
    target.folds.forget();
    if (!isDeterministicFailure(error)) throw error;
  }
  // One of the batch is bad: what precedes it is projected one by one, and the bad one is named.
  const before = await requireVersion(context.database.writing, target.version);
  try {
    return await go(context, target, before, upTo, 1);
  } catch (error) {
    target.folds.forget();
    if (!isDeterministicFailure(error)) throw error;
    throw await failed(context, target, error);
  }
}

async function go(
  context: RebuildContext,
  target: BuildTarget,
  start: VersionRow,
  upTo: number,
  size: number,
): Promise<VersionRow> {
  const { log, database, onProgress } = context;
  const db = database.writing;
  const { version, folds, leases } = target;
  let row = start;
  for await (const events of prefetchEvents(log, start.position, upTo, size)) {
    const also = (transaction: RegistryTransaction) => recordBuildProgress(transaction, version, upTo);
    if (!(await commitBatch(db, { leases, before: row, folds, events, also }))) {
      throw new RebuildSupersededError(`Version ${version} of the read models was moved by another process.`);
    }
    row = { ...row, position: events.at(-1)?.position ?? row.position, failed_position: null, failure: null };
    onProgress?.({ version, position: row.position, of: upTo, ...(await paceOf(db, row, upTo - row.position)) });
    await setImmediate();
  }
  return row;
}

async function recordBuildProgress(transaction: RegistryTransaction, version: number, target: number): Promise<void> {
  await transaction
    .updateTable('read_model_build')
    .set({ seen_at: sql<number>`${dialectOf(transaction).now}`, target })
    .where('version', '=', version)
    .execute();
}

async function failed(
  { database }: RebuildContext,
  { version, leases }: BuildTarget,
  error: Error,
): Promise<RebuildFailedError> {
  const { position } = await requireVersion(database.writing, version);
  const reason = `${error.name}: ${error.message}`;
  // Positions are dense: the one event that was asked for stands next to the projected position, even if it cannot be read.
  await recordFailure(database.writing, leases, version, { position: position + 1, reason });
  return new RebuildFailedError(
    `Version ${version} of the read models stopped at event ${position + 1}: ${reason}. What answers requests was left as ` +
      `it is. With the folds mended, rebuild again: it goes on from there. Or end it: rebuild --abort.`,
    { cause: error },
  );
}

export const newBuildTarget = (version: number, leases: readonly Lease[]): BuildTarget => ({
  version,
  folds: newFolds(),
  leases,
});
