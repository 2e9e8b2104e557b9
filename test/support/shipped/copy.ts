import { existsSync } from 'node:fs';
import { constants, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { inject } from 'vitest';
import { openSqliteEventStore } from '../../../src/event-store/sqlite/index.js';
import { loadFile } from '../../../src/log-format/load-file.js';
import { openReadDatabase } from '../../../src/read-models/database/open.js';
import { startProjector } from '../../../src/read-models/projector/projector.js';
import { newTestClock } from '../test-clock.js';
import { shippedHistory } from './history.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Made by setup.ts, shared by all test files of a run. */
    readonly shippedHistoryDirectory: string;
  }
}

/** The names that the files have in a data directory, unless settings name others. */
const LOG = 'events.db';
const READ_MODELS = 'read.db';

/** Loading and projecting the history takes a second or more, copying the files a few milliseconds. */
export async function copyShippedLog(file: string): Promise<void> {
  await copy(LOG, file);
}

/** The read models that are made from the shipped history. */
export async function copyShippedReadModels(file: string): Promise<void> {
  await copy(READ_MODELS, file);
}

/** A data directory as a server leaves it that has loaded and projected the shipped history. */
export async function copyShippedData(dataDir: string): Promise<void> {
  await copyShippedLog(join(dataDir, LOG));
  await copyShippedReadModels(join(dataDir, READ_MODELS));
}

async function copy(name: string, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await copyFile(join(await template(), name), file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}

const RETRY_INTERVAL_MS = 20;

/** The directory of the files to copy. The first test file of a run that asks for it makes it; the others wait. */
async function template(): Promise<string> {
  const shared = inject('shippedHistoryDirectory');
  const [made, lock] = ['template', 'lock'].map((name) => join(shared, name)) as [string, string];
  while (!existsSync(made)) {
    if (await locked(lock)) {
      try {
        if (!existsSync(made)) await makeTemplate(shared, made);
      } finally {
        await rm(lock, { recursive: true });
      }
    } else await delay(RETRY_INTERVAL_MS);
  }
  return made;
}

/** Whether the caller now holds the lock. */
async function locked(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Makes it under another name first, so that others see it complete or not at all. */
async function makeTemplate(shared: string, made: string): Promise<void> {
  const draft = await mkdtemp(join(shared, 'draft-'));
  const log = openSqliteEventStore({ file: join(draft, LOG), clock: newTestClock().now });
  const database = await openReadDatabase({ engine: 'sqlite', path: join(draft, READ_MODELS) });
  await loadFile({ file: shippedHistory, log });
  const projector = startProjector({ log, database, logger: pino({ level: 'silent' }) });
  await projector.settled();
  await projector.stop();
  await database.close();
  await log.close();
  await rename(draft, made);
}
