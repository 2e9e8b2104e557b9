import { randomUUID } from 'node:crypto';
import { cellsOfPeriod } from '../../projections/formulas/cells-of-period.js';
import type { ReadDatabase } from '../../projections/read-database.js';
import type { Recorder } from '../commands/execution/execute.js';
import { newKeyedMutex } from '../concurrency/keyed-mutex.js';
import { newEventId } from '../event-store/event-id.js';
import type { EventStore } from '../event-store/port.js';

/** All requests of this process share these mutexes. */
const mutexes = newKeyedMutex();

/** What commands are executed with: the log, new ids, and the read models, from which a publication counts its cells. */
export const newRecorder = (
  log: EventStore,
  read: ReadDatabase,
  waitForPosition: (position: number) => Promise<boolean>,
): Recorder => ({
  log,
  mutexes,
  newId: () => newEventId(),
  newCorrelationId: randomUUID,
  async countCells(period) {
    const { position } = await log.head();
    if (!(await waitForPosition(position))) {
      throw new Error(
        `The read models have not reached position ${position} in time, so the cells of a publication cannot be counted.`,
      );
    }
    return { cells: await cellsOfPeriod(read, period, position), position };
  },
});
