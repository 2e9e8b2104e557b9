import { existsSync } from 'node:fs';
import type { Config } from '../config.js';
import type { EventStore } from '../event-store/port.js';
import { openSqliteEventStore } from '../event-store/sqlite/index.js';
import { ExpectedError } from '../expected-error.js';

/** Opens the log for what makes no sense without one: opening it otherwise would begin an empty one. @throws {ExpectedError} */
export function openExistingLog({ eventStoreUrl: { path } }: Pick<Config, 'eventStoreUrl'>): EventStore {
  if (existsSync(path)) return openSqliteEventStore({ file: path });
  throw new ExpectedError(`There is no log at '${path}'. DATA_DIR and EVENT_STORE_URL say where it is.`);
}
