import type { RememberedRequest } from '../port.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

/** The events of a request stand together: they end before the first event without its key. */
export const findRequestByKey = {
  name: 'find request',
  text: `
    SELECT request.digest, ${eventColumns.replaceAll('idempotency_key', 'event.idempotency_key')}
    FROM request JOIN event ON event.position >= request.first_position AND event.position < coalesce(
      (SELECT later.position FROM event AS later
       WHERE later.position > request.first_position AND later.idempotency_key IS DISTINCT FROM request.idempotency_key
       ORDER BY later.position LIMIT 1),
      9223372036854775807)
    WHERE request.idempotency_key = $1
    ORDER BY event.position`,
};

/** The request with that key and its events; null where there is none. */
export async function findRequest(db: Queryable, key: string): Promise<RememberedRequest | null> {
  const rows = await runQuery<EventRow & { readonly digest: string }>(db, findRequestByKey, [key]);
  const [first] = rows;
  if (first === undefined) return null;
  return { digest: first.digest, events: rows.map(({ digest: _, ...row }) => rowToStoredEvent(row)) };
}
