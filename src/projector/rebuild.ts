import type { EventStore } from '../event-store/port.js';
import { ExpectedError } from '../expected-error.js';
import { lockLiveVersion } from '../read-database/lock.js';
import type { ReadDatabaseHandle } from '../read-database/open.js';
import {
  createVersion,
  currentLayout,
  dropVersion,
  liveVersion,
  versionsOf,
  type RegistryTransaction,
  type VersionRow,
} from '../read-database/versions.js';
import { newFolds, project, type Folds } from './batch.js';
import { compareVersions, type Comparison } from './compare.js';

const BATCH = 5000;

export interface RebuildOptions {
  readonly log: EventStore;
  readonly database: ReadDatabaseHandle;
  /** Switch even where old and new differ, as they may after the folds were mended. */
  readonly acceptDifferences: boolean;
  readonly onProgress?: (position: number, of: number) => void;
}

export interface RebuildResult {
  readonly version: number;
  readonly position: number;
  /** Null where the versions have other tables, or another meaning: then there is nothing to compare. */
  readonly comparison: Comparison | null;
  readonly switched: boolean;
}

/**
 * Builds a new version of the read models beside the live one, replays the log into it up to the live checkpoint, compares
 * the two row for row, and switches in the same transaction. The version that was live stays as PREVIOUS.
 *
 * Where they differ, the live one stays and the new one is dropped, unless differences are accepted.
 */
export async function rebuild(options: RebuildOptions): Promise<RebuildResult> {
  const { database } = options;
  const version = await prepare(database);
  const drop = () => database.writing.transaction().execute((transaction) => dropVersion(transaction, version));
  try {
    const result = await build(options, version);
    if (!result.switched) await drop();
    return result;
  } catch (error) {
    // What is half built would be shown as being rebuilt for ever.
    if (!(error instanceof RebuildSuperseded)) await drop();
    throw error;
  }
}

async function build(
  { log, database, acceptDifferences, onProgress }: RebuildOptions,
  version: number,
): Promise<RebuildResult> {
  const folds = newFolds();
  let position = 0;
  for (;;) {
    const target = (await liveVersion(database.writing))?.position ?? 0;
    if (position >= target) break;
    while (position < target) {
      position = await database.writing
        .transaction()
        .execute((transaction) => replay(log, transaction, version, folds, position, target));
      onProgress?.(position, target);
    }
  }
  return database.writing.transaction().execute(async (transaction) => {
    const live = await lockLiveVersion(transaction);
    while (position < live.position) {
      position = await replay(log, transaction, version, folds, position, live.position);
    }
    const comparison = live.layout === currentLayout ? await compareVersions(transaction, live.version, version) : null;
    const switched = acceptDifferences || (comparison?.total ?? 0) === 0;
    if (switched) await switchTo(transaction, live, version);
    return { version, position, comparison, switched };
  });
}

/** Two rebuilds at once would build the same thing: the later one goes on, the earlier one ends. */
class RebuildSuperseded extends ExpectedError {
  override readonly name = 'RebuildSuperseded';
}

/** Clears away what an interrupted rebuild left, and the version before the live one, and makes an empty new version. */
async function prepare(database: ReadDatabaseHandle): Promise<number> {
  return database.writing.transaction().execute(async (transaction) => {
    await lockLiveVersion(transaction);
    const versions = await versionsOf(transaction);
    for (const { version, role } of versions) if (role !== 'LIVE') await dropVersion(transaction, version);
    const version = Math.max(...versions.map((row) => row.version)) + 1;
    await createVersion(transaction, version, 'BUILDING');
    return version;
  });
}

async function replay(
  log: EventStore,
  transaction: RegistryTransaction,
  version: number,
  folds: Folds,
  after: number,
  upTo: number,
): Promise<number> {
  // The lock first: a transaction that reads before it writes is refused when the live projector has written in between.
  await lockLiveVersion(transaction);
  if (!(await versionsOf(transaction)).some((row) => row.version === version)) {
    throw new RebuildSuperseded('Another rebuild was begun after this one and took its place. Wait for that one.');
  }
  const events = await log.readAll(after, Math.min(BATCH, upTo - after));
  await project(transaction, version, folds, events);
  return events.at(-1)?.position ?? upTo;
}

async function switchTo(transaction: RegistryTransaction, live: VersionRow, version: number): Promise<void> {
  const roles = transaction.updateTable('read_model_version');
  await roles.set({ role: 'PREVIOUS' }).where('version', '=', live.version).execute();
  await roles.set({ role: 'LIVE' }).where('version', '=', version).execute();
}
