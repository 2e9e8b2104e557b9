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

/** Events per transaction: other writers wait no longer than one transaction takes. */
const BATCH_EVENT_COUNT = 2000;

/** A version of the read models that is projected along the log. */
export interface BuildTarget {
  readonly version: number;
  readonly folds: Folds;
  /** The leases under which it may be written. */
  readonly leases: readonly Lease[];
}

/** An event cannot be projected, or the read models were made from another log. */
export class RebuildFailedError extends ExpectedError {
  override readonly code = 'REBUILD_FAILED';
}

/** Projects a version as far as the position. @throws {LeaseLostError}, {RebuildFailedError}, {RebuildSupersededError} */
export async function projectUpTo(context: RebuildContext, target: BuildTarget, upTo: number): Promise<VersionRow> {
  const start = await requireVersion(context.database.writing, target.version);
  try {
    return await projectBatches(context, target, start, upTo, BATCH_EVENT_COUNT);
  } catch (error) {
    target.folds.forget();
    if (!isDeterministicFailure(error)) throw error;
  }
  // One event of the batch is bad: the events before it are projected one by one, and the bad one is named.
  const before = await requireVersion(context.database.writing, target.version);
  try {
    return await projectBatches(context, target, before, upTo, 1);
  } catch (error) {
    target.folds.forget();
    if (!isDeterministicFailure(error)) throw error;
    throw await stoppedAtEvent(context, target, error);
  }
}

async function projectBatches(
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
    const alongside = (transaction: RegistryTransaction) => recordBuildProgress(transaction, version, upTo);
    if (!(await commitBatch(db, { leases, before: row, folds, events, alongside }))) {
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

async function stoppedAtEvent(
  { database }: RebuildContext,
  { version, leases }: BuildTarget,
  error: Error,
): Promise<RebuildFailedError> {
  const { position } = await requireVersion(database.writing, version);
  const reason = `${error.name}: ${error.message}`;
  // Positions are dense: the one event that was read follows the projected position, even where it cannot be decoded.
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
