import { dialectOf } from './dialect.js';
import { tableDefinitions, tablePrefix, type RegistryDatabase } from './versions.js';

/** From so many events on, it is worth knowing how the rows are spread. */
const WORTH_A_LOOK = 1000;

const doublings = (position: number): number => Math.floor(Math.log2(Math.max(1, position / WORTH_A_LOOK)));

/**
 * PostgreSQL plans by what it knows of a table, and what it knows of one that was empty a second ago is wrong. So it is told
 * to look each time when the log has doubled; in between it does so by itself.
 */
export async function refreshStatistics(
  db: RegistryDatabase,
  version: number,
  from: number,
  until: number,
): Promise<void> {
  if (until < WORTH_A_LOOK || (from >= WORTH_A_LOOK && doublings(from) === doublings(until))) return;
  await dialectOf(db)
    .analyze(tableDefinitions.map(({ name }) => tablePrefix(version) + name))
    ?.execute(db);
}
