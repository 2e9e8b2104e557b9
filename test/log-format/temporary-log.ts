import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';

/** An empty log on disk, closed when the test is over. */
export async function temporaryLog(folder: string): Promise<EventStore> {
  const log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  onTestFinished(() => log.close());
  return log;
}
