import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidEventError } from '../../../events/errors/event-errors.js';
import { validateEvent } from '../../../events/validate.js';
import type { ReadDatabase } from '../../../projections/read-database.js';
import type { EventStore } from '../../event-store/port.js';
import { ExpectedError } from '../../../events/errors/expected-error.js';
import { openReadDatabase } from '../database/open.js';
import { liveVersion, tablesOf, type RegistryDatabase } from '../database/versions.js';
import { newFolds, projectEvents } from './project-events.js';

const BATCH_EVENT_COUNT = 5000;

/** Read models that are projected into a temporary database, and deleted afterwards. */
export interface Replay {
  readonly db: RegistryDatabase;
  readonly version: number;
  /** Goes on projecting up to the position: the tables then hold what was known there, and nothing that came after. */
  projectUpTo(upTo: number, onProgress?: (position: number, of: number) => void): Promise<void>;
}

/** Does the work with a replay that has projected nothing yet. */
export async function withReplay<T>(
  log: Pick<EventStore, 'readAll'>,
  work: (replay: Replay) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'peildatum-replay-'));
  try {
    const database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.db') });
    try {
      const folds = newFolds();
      const live = await liveVersion(database.writing);
      if (!live) throw new Error('A new read database has a live version.');
      const { version } = live;
      let position = 0;
      const projectUpTo: Replay['projectUpTo'] = async (upTo, onProgress = () => {}) => {
        while (position < upTo) {
          const limit = Math.min(BATCH_EVENT_COUNT, upTo - position);
          try {
            const events = await log.readAll(position, limit);
            // The log may have been changed: a replay serves those who verify it, or hand it on to be verified.
            for (const { type, schemaVersion, data } of events) validateEvent(type, schemaVersion, data);
            await database.writing
              .transaction()
              .execute((transaction) => projectEvents(transaction, version, folds, events));
            position = events.at(-1)?.position ?? upTo;
          } catch (error) {
            throw toExpectedError(error, position + 1, position + limit);
          }
          onProgress(position, upTo);
        }
      };
      return await work({ db: database.reading, version, projectUpTo });
    } finally {
      await database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An event that cannot be decoded was not recorded like that: the log was changed afterwards. */
function toExpectedError(error: unknown, from: number, to: number): unknown {
  if (!(error instanceof InvalidEventError) && !(error instanceof SyntaxError)) return error;
  return new ExpectedError(
    `An event at positions ${from} to ${to} cannot be read as what was recorded: ${error.message.replace(/\.?$/, '.')} peildatum verify names it.`,
    { cause: error },
  );
}

export interface ReplayOptions {
  readonly log: Pick<EventStore, 'readAll'>;
  readonly upTo: number;
  readonly onProgress?: (position: number, of: number) => void;
}

/** Does the work with the read models as they were at a position of the log. */
export const withReplayed = <T>(
  { log, upTo, onProgress }: ReplayOptions,
  work: (db: ReadDatabase) => Promise<T>,
): Promise<T> =>
  withReplay(log, async ({ db, version, projectUpTo }) => {
    await projectUpTo(upTo, onProgress);
    return work(tablesOf(db, version));
  });
