import type { Standing } from '../proofs/checkpoints/checkpoint-scheduler.js';
import type { EventStore } from '../event-store/port.js';
import type { Health } from '../http/health.js';
import { readModelStatuses } from '../read-models/projector/status.js';
import type { ReadDatabaseHandle } from '../read-models/database/open.js';

/**
 * Ready: the log answers, it does not contradict what was signed of it, and the read models that answer get on and lack no
 * more than so many events of it. What is built beside them makes no difference.
 */
export async function readinessOf(
  log: EventStore,
  database: ReadDatabaseHandle,
  readyLag: number,
  integrity: Standing,
): Promise<Health> {
  const projections = await readModelStatuses(database, log);
  const answering = projections.filter((status) => status.answering);
  const { position } = await log.head();
  const getOn = answering.every(({ state, lag }) => (state === 'LIVE' || state === 'CATCHING_UP') && lag <= readyLag);
  return {
    ready: getOn && answering.length > 0 && integrity.state !== 'CONTRADICTED',
    checks: { eventStore: { position }, integrity, readyLag, projections },
  };
}
