import type { Pool } from 'pg';
import { isUuidV7 } from '../../../events/formats.js';
import { checkBound, checkInstant, checkLimit } from '../query-validation.js';
import type { EventStore, Head } from '../port.js';
import { runQuery } from '../../postgres/query.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

/** A page ends early once it holds this many bytes of data, so that large events do not fill the memory. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024;

type Reads = Pick<
  EventStore,
  'head' | 'readAll' | 'readStream' | 'byIds' | 'byPositions' | 'positionAt' | 'revisionsAt'
>;

const head = {
  name: 'head',
  text: 'SELECT position, recorded_at AS "recordedAt" FROM event ORDER BY position DESC LIMIT 1',
};

/** Sums up sizes first, which the server knows without reading large data, and sends no more than a page. */
const page = (where: string, place: string): string => `
  WITH sized AS (
    SELECT ${place} AS place, octet_length(data) AS size FROM event WHERE ${where} ORDER BY ${place} LIMIT $2
  ), summed AS (
    SELECT place, sum(size) OVER (ORDER BY place ROWS UNBOUNDED PRECEDING) - size AS before FROM sized
  )
  SELECT ${eventColumns} FROM event
  WHERE ${where} AND ${place} <= (SELECT max(place) FROM summed WHERE before <= ${MAX_PAGE_BYTES})
  ORDER BY ${place}`;

const all = { name: 'read all', text: page('position > $1', 'position') };
const stream = { name: 'read stream', text: page('revision > $1::bigint AND stream = $3', 'revision') };

const byIds = { name: 'by ids', text: `SELECT ${eventColumns} FROM event WHERE id = ANY ($1::uuid[])` };
const byPositions = {
  name: 'by positions',
  text: `SELECT ${eventColumns} FROM event WHERE position = ANY ($1::bigint[])`,
};
const positionAt = {
  name: 'position at',
  text: 'SELECT position FROM event WHERE recorded_at <= $1 ORDER BY recorded_at DESC, position DESC LIMIT 1',
};
const revisionsAt = {
  name: 'revisions at',
  text: `
    SELECT name, last.revision FROM unnest($1::text[]) AS name CROSS JOIN LATERAL (
      SELECT revision FROM event WHERE stream = name AND position <= $2 ORDER BY position DESC LIMIT 1
    ) AS last`,
};

/** Reads that are one statement each: a seek, or a seek and the rows that follow. */
export const reads = { head, all, stream, byIds, byPositions, positionAt, revisionsAt };

export function newEventReads(readers: Pool): Reads {
  return {
    async head() {
      const [last] = await runQuery<Head>(readers, head);
      return last ?? { position: 0, recordedAt: null };
    },
    async readAll(after, limit) {
      checkBound('after', after);
      checkLimit(limit);
      return (await runQuery<EventRow>(readers, all, [after, limit])).map(rowToStoredEvent);
    },
    async readStream(name, after, limit) {
      checkBound('after', after);
      checkLimit(limit);
      return (await runQuery<EventRow>(readers, stream, [after, limit, name])).map(rowToStoredEvent);
    },
    async byIds(ids) {
      // Text that is no UUID is the id of no event, and the server would reject it.
      return (await runQuery<EventRow>(readers, byIds, [ids.filter(isUuidV7)])).map(rowToStoredEvent);
    },
    async byPositions(positions) {
      return (await runQuery<EventRow>(readers, byPositions, [positions.filter(Number.isSafeInteger)])).map(
        rowToStoredEvent,
      );
    },
    async positionAt(instant) {
      checkInstant('instant', instant);
      const [found] = await runQuery<{ position: number }>(readers, positionAt, [instant]);
      return found?.position ?? 0;
    },
    async revisionsAt(streams, position) {
      checkBound('position', position);
      const rows = await runQuery<{ name: string; revision: number }>(readers, revisionsAt, [streams, position]);
      return new Map(rows.map(({ name, revision }) => [name, revision]));
    },
  };
}
