import { newFolds, projectEvents } from '../../src/read-models/projector/project-events.js';
import { compareVersions, type Comparison } from '../../src/read-models/rebuild/compare-versions.js';
import { createVersion, dropVersion, liveVersion } from '../../src/read-models/database/versions.js';
import type { TestApi } from './test-api.js';

/** A part of the log that the folds get in one go, and whether they first lose what they have in memory. */
export interface Batch {
  readonly size: number;
  readonly forget: boolean;
}

/** Builds the read models a second time, from these batches and then the rest, and compares them with the live ones. */
export async function replay({ log, database }: TestApi, batches: readonly Batch[]): Promise<Comparison> {
  const live = await liveVersion(database.writing);
  if (!live) throw new Error('There is no live version.');
  const fresh = live.version + 1000;
  await createVersion(database.writing, fresh, 'BUILDING');
  const folds = newFolds();
  let position = 0;
  for (const { size, forget } of [...batches, { size: Number.MAX_SAFE_INTEGER, forget: false }]) {
    if (forget) folds.forget();
    const events = await log.readAll(position, Math.min(size, 100_000));
    await database.writing.transaction().execute((transaction) => projectEvents(transaction, fresh, folds, events));
    position = events.at(-1)?.position ?? position;
  }
  const comparison = await compareVersions(database.writing, live.version, fresh);
  await dropVersion(database.writing, fresh);
  return comparison;
}
