import { readModels } from '../../projections/index.js';
import type { EventStore } from '../event-store/port.js';
import type { ReadDatabaseHandle } from '../read-database/open.js';
import { versionsOf, type VersionRow } from '../read-database/versions.js';

export type ProjectionStateName = 'LIVE' | 'CATCHING_UP' | 'REBUILDING' | 'FAILED';

/** How one read model of one version stands to the log. */
export interface ProjectionFacts {
  readonly name: string;
  readonly version: number;
  readonly position: number;
  /** Events of the log that it lacks. */
  readonly lag: number;
  readonly state: ProjectionStateName;
  readonly failedPosition: number | null;
  readonly failure: string | null;
}

const stateOf = ({ role, failed_position }: VersionRow, lag: number): ProjectionStateName => {
  if (role === 'BUILDING') return 'REBUILDING';
  if (failed_position !== null) return 'FAILED';
  return lag > 0 ? 'CATCHING_UP' : 'LIVE';
};

/** The read models of the live version, and of the one that is being built if there is one. */
export async function projectionFacts(
  database: ReadDatabaseHandle,
  log: Pick<EventStore, 'head'>,
): Promise<ProjectionFacts[]> {
  const versions = await versionsOf(database.reading);
  const { position: head } = await log.head();
  return versions
    .filter(({ role }) => role !== 'PREVIOUS')
    .flatMap((row) => {
      const lag = Math.max(0, head - row.position);
      const shared = { version: row.version, position: row.position, lag, state: stateOf(row, lag) };
      const failed = { failedPosition: row.failed_position, failure: row.failure };
      return readModels.map(({ name }) => ({ name, ...shared, ...failed }));
    });
}
