import type Database from 'better-sqlite3';
import { checkPage } from '../query-validation.js';
import type { EventPage, EventQuery, EventStore } from '../port.js';
import { eventColumns, rowToStoredEvent, type EventRow } from './event-row.js';

type Page = Parameters<EventStore['find']>[1];
type Values = (string | number)[];

/** Positions (from, until]. Both are known before the search begins. */
interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * The conditions on correlation id, stream and type. The first of them drives the search by its index; the plus sign
 * keeps SQLite from choosing another. Every index ends in the position, which the span bounds.
 */
function conditions({ streams, correlationId, types }: EventQuery): { sql: string[]; values: Values } {
  const sql: string[] = [];
  const values: Values = [];
  const isOneOf = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined) return;
    // With one value the index yields the positions in order, so that a page ends the search.
    const single = wanted.length === 1;
    sql.push(`${sql.length === 0 ? '' : '+'}${column} ${single ? '= ?' : 'IN (SELECT value FROM json_each(?))'}`);
    values.push(single ? (wanted[0] ?? '') : JSON.stringify(wanted));
  };
  isOneOf('correlation_id', correlationId === undefined ? undefined : [correlationId]);
  isOneOf('stream', streams);
  isOneOf('type', types);
  return { sql, values };
}

/** Finds the events of a query page by page. A page and its count are of one state of the log. */
export function newEventFinder(db: Database.Database): EventStore['find'] {
  const last = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const lastBefore = db
    .prepare<[string], number>(
      'SELECT position FROM event WHERE recorded_at < ? ORDER BY recorded_at DESC, position DESC LIMIT 1',
    )
    .pluck();

  /** recordedAt never decreases along the log, so a range of instants is a range of positions. */
  function spanOf(query: EventQuery): Span {
    const before = (instant: string | undefined): number | undefined =>
      instant === undefined ? undefined : (lastBefore.get(instant) ?? 0);
    return {
      from: Math.max(0, query.afterPosition ?? 0, before(query.recordedFrom) ?? 0),
      until: Math.min(last.get() ?? 0, query.upToPosition, before(query.recordedUntil) ?? Infinity),
    };
  }

  function count(query: EventQuery, { from, until }: Span): number {
    const { sql, values } = conditions(query);
    // Positions are dense.
    if (sql.length === 0) return Math.max(0, until - from);
    const where = ['position > ? AND position <= ?', ...sql].join(' AND ');
    return (
      db
        .prepare<Values, number>(`SELECT count(*) FROM event WHERE ${where}`)
        .pluck()
        .get(from, until, ...values) ?? 0
    );
  }

  function rows(query: EventQuery, page: Page, span: Span): EventRow[] {
    const { sql, values } = conditions(query);
    const where = ['position > ? AND position <= ?', ...sql].join(' AND ');
    const order = page.from === 'FIRST' ? 'ASC' : 'DESC';
    const from = Math.max(span.from, page.after ?? 0);
    const until = Math.min(span.until, (page.before ?? Infinity) - 1);
    // Positions come from an index first: sorting them is cheap, sorting whole events is not.
    return db
      .prepare<Values, EventRow>(
        `SELECT ${eventColumns} FROM event
         WHERE position IN (SELECT position FROM event WHERE ${where} ORDER BY position ${order} LIMIT ?)
         ORDER BY position`,
      )
      .all(from, until, ...values, page.limit);
  }

  const find = db.transaction((query: EventQuery, page: Page): EventPage => {
    const span = spanOf(query);
    return { events: rows(query, page, span).map(rowToStoredEvent), totalCount: count(query, span) };
  });

  return async (query, page) => {
    checkPage(query, page);
    return find(query, page);
  };
}
