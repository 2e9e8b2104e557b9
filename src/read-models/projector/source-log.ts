import type { EventStore } from '../../event-store/port.js';
import type { VersionRow } from '../database/versions.js';

/**
 * Whether a version of the read models may have been made from this log: the event at its projected position is here, at the same
 * position. After a log was restored or exchanged for another one it is not.
 */
export async function isDerivedFrom(log: EventStore, { position, event_id: id }: VersionRow): Promise<boolean> {
  if (position === 0) return true;
  const [event] = await log.readAll(position - 1, 1);
  if (event === undefined) return false;
  // Not known where an older release has written it.
  return id === null || event.id === id;
}
