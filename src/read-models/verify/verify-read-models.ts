import type { EventStore } from '../../event-store/port.js';
import { inSnapshot } from '../database/snapshot.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import {
  currentLayout,
  liveVersion,
  tableDefinitions,
  type RegistryDatabase,
  type VersionRow,
} from '../database/versions.js';
import { compareTables, type RowFault } from './compare-tables.js';
import { withReplay, type Replay } from '../projector/replay.js';
import { rowsInOrder } from './rows-in-order.js';

export interface ReadModelsReport {
  readonly version: number;
  /** Up to which event they were compared with the log. */
  readonly position: number;
  /** Null where another release built them: only that release knows what they should hold. */
  readonly faults: readonly RowFault[] | null;
  readonly faultCount: number;
}

export interface VerifyReadModelsOptions {
  readonly log: Pick<EventStore, 'readAll'>;
  readonly database: ReadDatabaseHandle;
  readonly onProgress?: (position: number, of: number) => void;
}

/** Faults that a report names. */
const MAX_NAMED_FAULT_COUNT = 20;

/**
 * Replays the log into tables of its own and compares the read models that answer with them, row by row. The read models move
 * on meanwhile: compared is a snapshot of them, and the replay goes as far as the snapshot.
 */
export async function verifyReadModels({
  log,
  database,
  onProgress,
}: VerifyReadModelsOptions): Promise<ReadModelsReport> {
  const before = await liveVersion(database.reading);
  if (!before) throw new Error('The read database has no live version.');
  if (before.layout !== currentLayout) return { ...placeOf(before), faults: null, faultCount: 0 };
  return withReplay(log, async (replay) => {
    // Most of the replay precedes the snapshot, because a database keeps old rows for as long as a snapshot is open.
    await replay.projectUpTo(before.position, onProgress);
    return inSnapshot(database, (db) => compareWith(replay, db));
  });
}

async function compareWith(replay: Replay, db: RegistryDatabase): Promise<ReadModelsReport> {
  const live = await liveVersion(db);
  if (!live) throw new Error('The read database has no live version.');
  if (live.layout !== currentLayout) return { ...placeOf(live), faults: null, faultCount: 0 };
  await replay.projectUpTo(live.position);
  const faults: RowFault[] = [];
  let faultCount = 0;
  for (const table of tableDefinitions) {
    const there = rowsInOrder(db, live.version, table);
    const implied = rowsInOrder(replay.db, replay.version, table);
    for await (const fault of compareTables(table, there, implied)) {
      faultCount += 1;
      if (faults.length < MAX_NAMED_FAULT_COUNT) faults.push(fault);
    }
  }
  return { ...placeOf(live), faults, faultCount };
}

const placeOf = ({ version, position }: VersionRow) => ({ version, position });
