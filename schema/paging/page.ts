import { RequestError } from '../../src/time/request-error.js';
import type { PageOf } from './connection.js';
import type { Moment } from '../moments/moment.js';
import { type CursorFrame, encodeCursor } from './cursor.js';

const DEFAULT_ENTRY_COUNT = 50;
const MAX_ENTRY_COUNT = 200;

export interface PageRequest {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface PageSize {
  readonly limit: number;
  readonly from: 'FIRST' | 'LAST';
}

/** @throws {RequestError} when the size is out of bounds, or asked for from both ends. */
export function pageSize({ first, last }: PageRequest): PageSize {
  if (first != null && last != null) {
    throw new RequestError(
      'INVALID_PAGE',
      'last',
      'A page is taken from the front or from the back: give first or last, not both.',
    );
  }
  const [argument, limit] =
    last != null ? (['last', last] as const) : (['first', first ?? DEFAULT_ENTRY_COUNT] as const);
  if (limit < 1 || limit > MAX_ENTRY_COUNT) {
    throw new RequestError(
      'INVALID_PAGE',
      argument,
      `${argument} is ${limit}; a page has 1 to ${MAX_ENTRY_COUNT} entries. Use the cursors for more.`,
    );
  }
  return { limit, from: last != null ? 'LAST' : 'FIRST' };
}

/** A list that is held in memory as a whole, and how to page through it. */
export interface ListToPage<T> {
  readonly items: readonly T[];
  /** What tells the items apart, within this list at its moment. */
  readonly keyOf: (item: T) => string | number;
  /** The part of a cursor that is the same for all entries. */
  readonly cursor: CursorFrame;
  readonly moment: Moment;
}

/** Cuts a page out of a list. `after` and `before` are keys of items, as read from cursors. */
export function cutPage<T, N>(
  { items, keyOf, cursor, moment }: ListToPage<T>,
  request: PageRequest,
  bounds: { readonly after: string | number | null; readonly before: string | number | null },
  toNode: (item: T) => N,
): PageOf<N> {
  const { limit, from } = pageSize(request);
  const indexOf = (key: string | number | null, argument: string): number | null => {
    if (key === null) return null;
    const index = items.findIndex((item) => keyOf(item) === key);
    if (index >= 0) return index;
    throw new RequestError(
      'INVALID_CURSOR',
      argument,
      'The cursor points to nothing in this list. Use the cursors of this very list.',
    );
  };
  const start = (indexOf(bounds.after, 'after') ?? -1) + 1;
  const end = Math.max(start, indexOf(bounds.before, 'before') ?? items.length);
  const [low, high] = from === 'FIRST' ? [start, Math.min(end, start + limit)] : [Math.max(start, end - limit), end];
  return {
    entries: items
      .slice(low, high)
      .map((item) => ({ node: toNode(item), cursor: encodeCursor(cursor, [keyOf(item)]) })),
    hasNextPage: high < items.length,
    hasPreviousPage: low > 0,
    totalCount: items.length,
    moment,
  };
}
