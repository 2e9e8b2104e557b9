import type { EventQuery } from '../../src/event-store/port.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { continuationWithin } from '../paging/continuation.js';
import { type Continuation, type CursorKey, digestOf, encodeCursor } from '../paging/cursor.js';
import { Event } from './event.js';
import { Moment } from '../moments/moment.js';
import { type PageRequest, pageSize } from '../paging/page.js';

export const EventConnection = connectionTypes('Event', () => Event, 'events, in the order of the log');

const LIST = 'stream';

/** A page of the events that something has by its moment. */
export function eventPage(
  query: Omit<EventQuery, 'upToPosition'>,
  page: PageRequest,
  moment: ResolvedMoment,
  context: Context,
): Promise<InstanceType<typeof EventConnection>> {
  const digest = digestOf(query);
  return eventsOfList(query, page, moment, continuationWithin(moment, page, LIST, digest), digest, LIST, context);
}

/** A page of events, whatever list they are of. */
export async function eventsOfList(
  query: Omit<EventQuery, 'upToPosition'>,
  page: PageRequest,
  moment: ResolvedMoment,
  { after, before }: Continuation,
  digest: string,
  list: string,
  { log }: Context,
): Promise<InstanceType<typeof EventConnection>> {
  const { limit, from } = pageSize(page);
  const [afterPosition, beforePosition] = [positionOf(after), positionOf(before)];
  const found = await log.find(
    { ...query, upToPosition: moment.position },
    {
      ...(afterPosition === null ? {} : { after: afterPosition }),
      ...(beforePosition === null ? {} : { before: beforePosition }),
      limit: limit + 1,
      from,
    },
  );
  const hasMore = found.events.length > limit;
  const events = from === 'FIRST' ? found.events.slice(0, limit) : found.events.slice(-limit);
  const frame = { list, digest, order: '', asOf: moment.asOf, position: moment.position };
  return new EventConnection({
    entries: events.map((stored) => ({
      node: new Event(stored, moment),
      cursor: encodeCursor(frame, [stored.position]),
    })),
    hasNextPage: from === 'FIRST' ? hasMore : before !== null,
    hasPreviousPage: from === 'LAST' ? hasMore : after !== null,
    totalCount: found.totalCount,
    moment: new Moment(moment),
  });
}

function positionOf(key: CursorKey | null): number | null {
  if (!key) return null;
  const [position] = key;
  if (typeof position === 'number') return position;
  throw new RequestError(
    'INVALID_CURSOR',
    'after',
    'The cursor points to nothing in this list. Use the cursors of this very list.',
  );
}
