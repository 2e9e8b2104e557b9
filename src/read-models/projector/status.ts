import { readModels } from '../../../projections/read-models.js';
import type { EventStore } from '../../event-store/port.js';
import type { BuildRow } from '../database/coordination-tables.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { answeringVersion, versionsOf, type RegistryDatabase, type VersionRow } from '../database/versions.js';
import { leaseStatus } from './lease.js';

export type ProjectionStateName = 'LIVE' | 'CATCHING_UP' | 'REBUILDING' | 'FAILED' | 'REPLACED';

/** How far one read model of one version has come along the log. */
export interface ReadModelStatus {
  readonly name: string;
  readonly version: number;
  /** Whether requests to this program are answered from it. */
  readonly answering: boolean;
  readonly position: number;
  /** Events of the log that it lacks. */
  readonly lag: number;
  readonly state: ProjectionStateName;
  readonly failedPosition: number | null;
  readonly failure: string | null;
  /** Events per second, on average since the building began or was continued; null while no process builds. */
  readonly rate: number | null;
  /** Until the version reaches the end of the log at that rate; null while that cannot be told. */
  readonly secondsLeft: number | null;
}

const stateOf = ({ role, failed_position }: VersionRow, lag: number): ProjectionStateName => {
  if (failed_position !== null) return 'FAILED';
  if (role === 'BUILDING') return 'REBUILDING';
  if (role === 'PREVIOUS') return 'REPLACED';
  return lag > 0 ? 'CATCHING_UP' : 'LIVE';
};

/** The read models of the version that this program answers from, and of the one that is being built if there is one. */
export async function readModelStatuses(
  { reading }: ReadDatabaseHandle,
  log: Pick<EventStore, 'head'>,
): Promise<ReadModelStatus[]> {
  const answering = await answeringVersion(reading);
  const building = (await versionsOf(reading)).filter(({ role }) => role === 'BUILDING');
  const { position: head } = await log.head();
  const statuses: ReadModelStatus[] = [];
  for (const row of [...(answering ? [answering] : []), ...building]) {
    const lag = Math.max(0, head - row.position);
    const shared = {
      version: row.version,
      answering: row.version === answering?.version,
      position: row.position,
      lag,
      state: stateOf(row, lag),
      failedPosition: row.failed_position,
      failure: row.failure,
      ...(row.role === 'BUILDING' ? await paceOf(reading, row, lag) : noPace),
    };
    statuses.push(...readModels.map(({ name }) => ({ name, ...shared })));
  }
  return statuses;
}

export type Pace = Pick<ReadModelStatus, 'rate' | 'secondsLeft'>;

const noPace: Pace = { rate: null, secondsLeft: null };

/** How fast a version is being built, and how long so many events more will take. */
export async function paceOf(
  db: RegistryDatabase,
  { version, position }: Pick<VersionRow, 'version' | 'position'>,
  lag: number,
): Promise<Pace> {
  const build = await db.selectFrom('read_model_build').selectAll().where('version', '=', version).executeTakeFirst();
  const { holder } = await leaseStatus(db, 'BUILDING');
  return build && holder !== null ? pace(build, position, lag) : noPace;
}

function pace({ begun_at, begun_position, seen_at }: BuildRow, position: number, lag: number): Pace {
  const [events, seconds] = [position - begun_position, (seen_at - begun_at) / 1000];
  if (events <= 0 || seconds <= 0) return noPace;
  const rate = events / seconds;
  return { rate, secondsLeft: Math.ceil(lag / rate) };
}
