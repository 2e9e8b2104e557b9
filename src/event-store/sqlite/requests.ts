import type Database from 'better-sqlite3';
import type { StoredEvent } from '../../../events/envelope.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

/** The memory of requests that came with an idempotency key. */
export interface Requests {
  find(key: string): { readonly digest: string; readonly firstPosition: number } | undefined;
  /** The events that were appended for a request: they stand together from its first position on. */
  events(key: string, firstPosition: number): StoredEvent[];
  /** False: the key is taken. */
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
  return {
    find: (key) => find.get(key),
    events(key, firstPosition) {
      const events: StoredEvent[] = [];
      for (const row of from.iterate(firstPosition)) {
        if (row.idempotencyKey !== key) break;
        events.push(rowToStoredEvent(row));
      }
      return events;
    },
    remember: (key, digest, firstPosition) => insert.run(key, digest, firstPosition).changes === 1,
  };
}
