import { sql } from 'kysely';
import type { ReadDatabaseHandle } from './open.js';

/**
 * Shrinks the write-ahead log of a file after much was written. Where another connection keeps it from that, it fails silently:
 * the next call shrinks it, and nothing depends on it.
 */
export async function truncateWriteAheadLog({ dialect, writing }: ReadDatabaseHandle): Promise<void> {
  if (dialect.name !== 'sqlite') return;
  // The passive mode takes long and blocks nothing; it leaves little for the truncate mode, which blocks writers.
  for (const mode of ['passive', 'truncate']) {
    await sql`pragma wal_checkpoint(${sql.raw(mode)})`.execute(writing).catch(() => {});
  }
}
