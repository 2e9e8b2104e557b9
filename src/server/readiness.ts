import type { LogIntegrityStatus } from '../proofs/checkpoints/log-integrity-status.js';
import type { EventStore } from '../event-store/port.js';
import type { Health } from '../http/health.js';
import { readModelStatuses } from '../read-models/projector/status.js';
import type { ReadDatabaseHandle } from '../read-models/database/open.js';

/**
 * The server is ready when the log answers, the log does not contradict its signed checkpoints, and each read model that
 * answers queries is being kept up to date and lacks at most `readyLag` events. A version that is being built does not count.
 */
export async function readinessOf(
  log: EventStore,
  database: ReadDatabaseHandle,
  readyLag: number,
  integrity: LogIntegrityStatus,
): Promise<Health> {
  const projections = await readModelStatuses(database, log);
  const answering = projections.filter((status) => status.answering);
  const { position } = await log.head();
  const areCurrent = answering.every(
    ({ state, lag }) => (state === 'LIVE' || state === 'CATCHING_UP') && lag <= readyLag,
  );
  return {
    ready: areCurrent && answering.length > 0 && integrity.state !== 'CONTRADICTED',
    checks: { eventStore: { position }, integrity, readyLag, projections },
  };
}
