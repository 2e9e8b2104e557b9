import { sql } from 'kysely';
import type { ReadDatabaseHandle } from './open.js';

/**
 * Gives back the disk that a large work has taken for the write-ahead log of a file. Where somebody reads or writes at the time,
 * the next one does it: nothing depends on it, so nothing is said of that.
 */
export async function emptyWriteAheadLog({ dialect, writing }: ReadDatabaseHandle): Promise<void> {
  if (dialect.name !== 'sqlite') return;
  // The first takes long and keeps nobody from writing; then there is little left for the second, which does.
  for (const mode of ['passive', 'truncate']) {
    await sql`pragma wal_checkpoint(${sql.raw(mode)})`.execute(writing).catch(() => {});
  }
}
