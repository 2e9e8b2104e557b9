import type { Config } from '../config/config.js';
import { openEventStore } from '../event-store/open.js';
import type { EventStore } from '../event-store/port.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../read-models/database/open.js';

/** Opens the log and the read models for the work, and closes both afterwards. */
export async function withReadModels<T>(
  { eventStoreUrl, readDatabaseUrl }: Config,
  work: (log: EventStore, database: ReadDatabaseHandle) => Promise<T>,
): Promise<T> {
  const log = await openEventStore(eventStoreUrl);
  try {
    return await withReadDatabase({ readDatabaseUrl }, (database) => work(log, database));
  } finally {
    await log.close();
  }
}

/** Opens the read models for the work, and closes them afterwards. */
export async function withReadDatabase<T>(
  { readDatabaseUrl }: Pick<Config, 'readDatabaseUrl'>,
  work: (database: ReadDatabaseHandle) => Promise<T>,
): Promise<T> {
  const database = await openReadDatabase(readDatabaseUrl);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
