import type { EventStore } from './event-store/port.js';
import type { Health } from './http/health.js';
import { projectionFacts } from './projector/status.js';
import type { ReadDatabaseHandle } from './read-database/open.js';

/**
 * Ready: the log answers, and the read models that answer get on and lack no more than so many events of it. What is built
 * beside them makes no difference.
 */
export async function readinessOf(log: EventStore, database: ReadDatabaseHandle, readyLag: number): Promise<Health> {
  const projections = await projectionFacts(database, log);
  const answering = projections.filter((facts) => facts.answering);
  const { position } = await log.head();
  const ready = answering.every(({ state, lag }) => (state === 'LIVE' || state === 'CATCHING_UP') && lag <= readyLag);
  return { ready: ready && answering.length > 0, checks: { eventStore: { position }, readyLag, projections } };
}
