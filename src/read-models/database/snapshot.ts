import type { ReadDatabaseHandle } from '../database/open.js';
import type { RegistryDatabase } from '../database/versions.js';

/** Asks the database as it is at one moment, however long that takes, while others write. */
export function inSnapshot<T>(
  { dialect, reading, writing }: ReadDatabaseHandle,
  work: (db: RegistryDatabase) => Promise<T>,
): Promise<T> {
  // A transaction of SQLite sees what it saw first; and its one connection for writing is needed for the leases.
  if (dialect.name === 'sqlite') return reading.transaction().execute(work);
  return writing.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
