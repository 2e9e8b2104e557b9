import {
  statusChanges,
  type ChangePlace,
  type StatusChangeQuery,
} from '../../projections/statements/queries/status-changes.js';
import type { ChangeOrder } from '../../projections/statements/queries/status-changes.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { continuationWithin } from '../paging/continuation.js';
import { isCivilDate } from '../../events/formats.js';
import { digestOf, encodeCursor, type Continuation, type CursorPlace } from '../paging/cursor.js';
import { Moment } from '../moments/moment.js';
import { pageSize, type PageRequest } from '../paging/page.js';
import { showChanges, StatusChange } from './status-change.js';

export const StatusChangeConnection = connectionTypes('StatusChange', () => StatusChange, 'status changes');

const LIST = 'changes';

export const writeOrder = ({ by, direction }: ChangeOrder): string => `${by} ${direction}`;

export const readOrder = (order: string): ChangeOrder => {
  const [by, direction] = order.split(' ');
  return {
    by: by === 'RECORDED_AT' ? 'RECORDED_AT' : 'EFFECTIVE_ON',
    direction: direction === 'DESC' ? 'DESC' : 'ASC',
  };
};

/** A page of a subject's changes, within the subject's moment. */
export function changePage(
  query: Omit<StatusChangeQuery, 'position'>,
  order: ChangeOrder,
  page: PageRequest,
  moment: ResolvedMoment,
  context: Context,
): Promise<InstanceType<typeof StatusChangeConnection>> {
  const digest = digestOf(query);
  return changesOfList(
    query,
    order,
    page,
    moment,
    continuationWithin(moment, page, LIST, digest),
    digest,
    LIST,
    context,
  );
}

/** A page of changes, whatever list they are of. */
export async function changesOfList(
  query: Omit<StatusChangeQuery, 'position'>,
  order: ChangeOrder,
  page: PageRequest,
  moment: ResolvedMoment,
  { after, before }: Continuation,
  digest: string,
  list: string,
  context: Context,
): Promise<InstanceType<typeof StatusChangeConnection>> {
  const { limit, from } = pageSize(page);
  const { asOf, position } = moment;
  const bounds = { after: placeOf(after), before: placeOf(before) };
  const found = await statusChanges(context.read, { ...query, position }, order, { ...bounds, limit, from });
  const frame = { list, digest, order: writeOrder(order), asOf, position };
  const nodes = await showChanges(found.changes, moment, context);
  return new StatusChangeConnection({
    entries: nodes.map((node) => ({
      node,
      cursor: encodeCursor(frame, [node.view.effectiveOn, node.view.knownFromPosition, node.view.ordinal]),
    })),
    hasNextPage: from === 'FIRST' ? found.hasMore : before !== null,
    hasPreviousPage: from === 'LAST' ? found.hasMore : after !== null,
    totalCount: found.totalCount,
    moment: new Moment(moment),
  });
}

function placeOf(place: CursorPlace | null): ChangePlace | undefined {
  if (!place) return undefined;
  const [effectiveOn, knownFromPosition, ordinal] = place;
  const isDate = typeof effectiveOn === 'string' && isCivilDate(effectiveOn);
  if (!isDate || typeof knownFromPosition !== 'number' || typeof ordinal !== 'number') {
    throw new RequestError(
      'INVALID_CURSOR',
      'after',
      'The cursor points to nothing in this list. Use the cursors of this very list.',
    );
  }
  return { effectiveOn, knownFromPosition, ordinal };
}
