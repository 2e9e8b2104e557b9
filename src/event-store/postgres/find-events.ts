import type { Pool } from 'pg';
import { checkPage } from '../query-validation.js';
import type { EventPage, EventQuery, EventStore } from '../port.js';
import { runQuery } from '../../postgres/query.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

type Page = Parameters<EventStore['find']>[1];

/** Positions (from, until]. Both are known before the search begins. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/** A part of a statement with its values, which are numbered after those before it. */
interface Conditions {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The conditions of a query. Every index ends in the position, which the span bounds. */
function conditions({ streams, correlationId, types }: EventQuery, { from, until }: Span): Conditions {
  const sql = ['position > $1', 'position <= $2'];
  const values: unknown[] = [from, until];
  const isOneOf = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined) return;
    // With one value the index yields the positions in order, so that a page ends the search.
    const openListenConnection = wanted.length === 1;
    values.push(openListenConnection ? wanted[0] : wanted);
    sql.push(`${column} = ${openListenConnection ? `$${values.length}` : `ANY ($${values.length}::text[])`}`);
  };
  isOneOf('correlation_id', correlationId === undefined ? undefined : [correlationId]);
  isOneOf('stream', streams);
  isOneOf('type', types);
  return { sql: sql.join(' AND '), values };
}

const bounds = {
  name: 'bounds of a query',
  text: `
    SELECT (SELECT max(position) FROM event) AS last,
      (SELECT position FROM event WHERE recorded_at < $1 ORDER BY recorded_at DESC, position DESC LIMIT 1) AS "beforeFrom",
      (SELECT position FROM event WHERE recorded_at < $2 ORDER BY recorded_at DESC, position DESC LIMIT 1) AS "beforeUntil"`,
};

/** recordedAt never decreases along the log, so a range of instants is a range of positions. */
async function spanOf(readers: Pool, query: EventQuery): Promise<Span> {
  const { recordedFrom = null, recordedUntil = null } = query;
  const [row] = await runQuery<Record<'last' | 'beforeFrom' | 'beforeUntil', number | null>>(readers, bounds, [
    recordedFrom,
    recordedUntil,
  ]);
  const before = (instant: string | null, position: number | null | undefined): number | undefined =>
    instant === null ? undefined : (position ?? 0);
  return {
    from: Math.max(0, query.afterPosition ?? 0, before(recordedFrom, row?.beforeFrom) ?? 0),
    until: Math.min(row?.last ?? 0, query.upToPosition, before(recordedUntil, row?.beforeUntil) ?? Infinity),
  };
}

/**
 * Whether an index yields the positions of the query in order, so that a page ends the search. For other queries all
 * matches are found and sorted: left to choose, the server would walk along the whole log in the hope of early
 * matches.
 */
const inOrder = ({ streams, types, correlationId }: EventQuery): boolean => {
  const conditions = [streams, types, correlationId].filter((each) => each !== undefined);
  return (
    conditions.length === 0 ||
    (conditions.length === 1 && (typeof conditions[0] === 'string' || conditions[0]?.length === 1))
  );
};

/** The statement for a page of a query. It is planned on each call, because the best index depends on the query. */
export function pageStatement(query: EventQuery, page: Page, span: Span): Conditions {
  const { sql, values } = conditions(query, {
    from: Math.max(span.from, page.after ?? 0),
    until: Math.min(span.until, (page.before ?? Infinity) - 1),
  });
  const order = page.from === 'FIRST' ? 'ASC' : 'DESC';
  // Positions come from an index first: sorting them is cheap, sorting whole events is not.
  return {
    sql: `WITH matching AS ${inOrder(query) ? 'NOT MATERIALIZED' : 'MATERIALIZED'} (SELECT position FROM event WHERE ${sql})
          SELECT ${eventColumns} FROM event WHERE position IN (
            SELECT position FROM matching ORDER BY position ${order} LIMIT $${values.length + 1}
          ) ORDER BY position`,
    values: [...values, page.limit],
  };
}

export function countStatement(query: EventQuery, span: Span): Conditions {
  const { sql, values } = conditions(query, span);
  return { sql: `SELECT count(*) AS count FROM event WHERE ${sql}`, values };
}

async function count(readers: Pool, query: EventQuery, span: Span): Promise<number> {
  const { streams, types, correlationId } = query;
  // Positions are dense.
  if (streams === undefined && types === undefined && correlationId === undefined) {
    return Math.max(0, span.until - span.from);
  }
  const { sql, values } = countStatement(query, span);
  const { rows } = await readers.query<{ count: number }>(sql, [...values]);
  return rows[0]?.count ?? 0;
}

/**
 * A page of a query and the number of its matches. Both are read within a span that ends where the log ended at one
 * moment. Events in the span never change, so the two agree without a snapshot.
 */
export async function find(readers: Pool, query: EventQuery, page: Page): Promise<EventPage> {
  checkPage(query, page);
  const span = await spanOf(readers, query);
  const { sql, values } = pageStatement(query, page, span);
  const [{ rows }, totalCount] = await Promise.all([
    readers.query<EventRow>(sql, [...values]),
    count(readers, query, span),
  ]);
  return { events: rows.map(rowToStoredEvent), totalCount };
}
