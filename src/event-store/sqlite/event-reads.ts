import type Database from 'better-sqlite3';
import type { StoredEvent } from '../../../events/envelope.js';
import { checkBound, checkInstant, checkLimit } from '../query-validation.js';
import type { EventStore, Head } from '../port.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

/** A page ends early once it holds this many characters of data, so that large events do not fill the memory. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024;

type Reads = Pick<
  EventStore,
  'head' | 'readAll' | 'readStream' | 'byIds' | 'byPositions' | 'positionAt' | 'revisionsAt'
>;

/** Reads that are one statement each: a seek, or a seek and the rows that follow. */
export function newEventReads(db: Database.Database): Reads {
  const head = db.prepare<[], Head>(
    'SELECT position, recorded_at AS recordedAt FROM event ORDER BY position DESC LIMIT 1',
  );
  const all = db.prepare<[number, number], EventRow>(
    `SELECT ${eventColumns} FROM event WHERE position > ? ORDER BY position LIMIT ?`,
  );
  const stream = db.prepare<[string, number, number], EventRow>(
    `SELECT ${eventColumns} FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?`,
  );
  const byIds = db.prepare<[string], EventRow>(
    `SELECT ${eventColumns} FROM event WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const byPositions = db.prepare<[string], EventRow>(
    `SELECT ${eventColumns} FROM event WHERE position IN (SELECT value FROM json_each(?))`,
  );
  const positionAt = db
    .prepare<[string], number>(
      'SELECT position FROM event WHERE recorded_at <= ? ORDER BY recorded_at DESC, position DESC LIMIT 1',
    )
    .pluck();
  const revisionAt = db
    .prepare<[string, number], number>(
      `SELECT revision FROM event INDEXED BY event_by_stream
       WHERE stream = ? AND position <= ? ORDER BY position DESC LIMIT 1`,
    )
    .pluck();

  return {
    async head() {
      return head.get() ?? { position: 0, recordedAt: null };
    },
    async readAll(after, limit) {
      checkBound('after', after);
      checkLimit(limit);
      const events: StoredEvent[] = [];
      let size = 0;
      for (const row of all.iterate(after, limit)) {
        events.push(rowToStoredEvent(row));
        size += row.data.length;
        if (size > MAX_PAGE_BYTES) break;
      }
      return events;
    },
    async readStream(name, after, limit) {
      checkBound('after', after);
      checkLimit(limit);
      return stream.all(name, after, limit).map(rowToStoredEvent);
    },
    async byIds(ids) {
      return byIds.all(JSON.stringify(ids)).map(rowToStoredEvent);
    },
    async byPositions(positions) {
      return byPositions.all(JSON.stringify(positions)).map(rowToStoredEvent);
    },
    async positionAt(instant) {
      checkInstant('instant', instant);
      return positionAt.get(instant) ?? 0;
    },
    async revisionsAt(streams, position) {
      checkBound('position', position);
      const found = new Map<string, number>();
      for (const name of streams) {
        const revision = revisionAt.get(name, position);
        if (revision !== undefined) found.set(name, revision);
      }
      return found;
    },
  };
}
