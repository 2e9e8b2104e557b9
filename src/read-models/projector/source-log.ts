import type { EventStore } from '../../event-store/port.js';
import type { VersionRow } from '../database/versions.js';

/**
 * Whether a version of the read models can have been made from this log: the log has the same event at the version's projected
 * position. It has not after another log was put in its place.
 */
export async function isDerivedFrom(log: EventStore, { position, event_id: id }: VersionRow): Promise<boolean> {
  if (position === 0) return true;
  const [event] = await log.readAll(position - 1, 1);
  if (event === undefined) return false;
  // An older release did not record the id of the event.
  return id === null || event.id === id;
}
