import type Database from 'better-sqlite3';
import type { StoredEvent } from '../../../events/envelope.js';
import type { EventStore, RememberedRequest } from '../port.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

/** The requests that came with an idempotency key. */
export interface Requests {
  find(key: string): RememberedRequest | null;
  /** Returns false when the key belongs to another request already. */
  remember(key: string, digest: string, firstPosition: number): boolean;
}

export function newRequestTable(db: Database.Database): Requests {
  const find = db.prepare<[string], { digest: string; firstPosition: number }>(
    'SELECT digest, first_position AS firstPosition FROM request WHERE idempotency_key = ?',
  );
  const from = db.prepare<[number], EventRow>(
    `SELECT ${eventColumns} FROM event WHERE position >= ? ORDER BY position`,
  );
  const insert = db.prepare(
    'INSERT INTO request (idempotency_key, digest, first_position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );

  /** The events of a request stand together, from its first position on. */
  function eventsOf(key: string, firstPosition: number): StoredEvent[] {
    const events: StoredEvent[] = [];
    for (const row of from.iterate(firstPosition)) {
      if (row.idempotencyKey !== key) break;
      events.push(rowToStoredEvent(row));
    }
    return events;
  }

  return {
    find(key) {
      const request = find.get(key);
      return request ? { digest: request.digest, events: eventsOf(key, request.firstPosition) } : null;
    },
    remember: (key, digest, firstPosition) => insert.run(key, digest, firstPosition).changes === 1,
  };
}

/** The read of a request by its key, as the port declares it. */
export function newRequestReader(db: Database.Database): EventStore['findRequest'] {
  const requests = newRequestTable(db);
  return async (key) => requests.find(key);
}
