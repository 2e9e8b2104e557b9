import { dialectOf } from './dialect.js';
import { tableDefinitions, tablePrefix, type RegistryDatabase } from './versions.js';

/** Below so many events the plans do not depend on how the rows are distributed. */
const MIN_EVENT_COUNT = 1000;

const doublings = (position: number): number => Math.floor(Math.log2(Math.max(1, position / MIN_EVENT_COUNT)));

/**
 * Refreshes PostgreSQL's statistics each time the log has doubled: those of a table that was empty a second ago are wrong. In
 * between PostgreSQL refreshes them by itself.
 */
export async function refreshStatistics(
  db: RegistryDatabase,
  version: number,
  from: number,
  until: number,
): Promise<void> {
  if (until < MIN_EVENT_COUNT || (from >= MIN_EVENT_COUNT && doublings(from) === doublings(until))) return;
  await dialectOf(db)
    .analyze(tableDefinitions.map(({ name }) => tablePrefix(version) + name))
    ?.execute(db);
}
