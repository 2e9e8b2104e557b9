import {
  statusChanges,
  type ChangePlace,
  type StatusChangeQuery,
} from '../../projections/statements/queries/status-changes.js';
import type { ChangeOrder } from '../../projections/statements/queries/status-changes.js';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import { RequestError } from '../../src/time/request-error.js';
import { isCivilDate } from '../../events/formats.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { continuationWithin } from '../paging/continuation.js';
import { changeOrderFormat, oldestFirst } from './change-order.js';
import type { ListOrder } from '../paging/list-order.js';
import { type Continuation, type CursorKey, digestOf, encodeCursor } from '../paging/cursor.js';
import { Moment } from '../moments/moment.js';
import { type PageRequest, pageSize } from '../paging/page.js';
import { StatusChange, toStatusChanges } from './status-change.js';

export const StatusChangeConnection = connectionTypes('StatusChange', () => StatusChange, 'status changes');

const LIST = 'changes';

/** A list of changes as it is asked for. Its cursors carry `list` and `digest`. */
interface ChangeList {
  readonly list: string;
  readonly digest: string;
  readonly query: Omit<StatusChangeQuery, 'position'>;
  readonly order: ListOrder<ChangeOrder>;
  readonly moment: ResolvedMoment;
  readonly continuation: Continuation;
}

/** A page of a subject's changes, within the subject's moment. */
export function changePage(
  query: Omit<StatusChangeQuery, 'position'>,
  page: PageRequest,
  moment: ResolvedMoment,
  context: Context,
): Promise<InstanceType<typeof StatusChangeConnection>> {
  const digest = digestOf(query);
  const continuation = continuationWithin(moment, page, LIST, digest);
  const order = { order: oldestFirst, text: changeOrderFormat.print(oldestFirst) };
  return changesOfList({ list: LIST, digest, query, order, moment, continuation }, page, context);
}

/** A page of changes, whatever list they are of. */
export async function changesOfList(
  { list, digest, query, order, moment, continuation: { after, before } }: ChangeList,
  page: PageRequest,
  context: Context,
): Promise<InstanceType<typeof StatusChangeConnection>> {
  const { limit, from } = pageSize(page);
  const { asOf, position } = moment;
  const bounds = { after: changeKeyOf(after), before: changeKeyOf(before), limit, from };
  const found = await statusChanges(context.read, { ...query, position }, order.order, bounds);
  const frame = { list, digest, order: order.text, asOf, position };
  const nodes = await toStatusChanges(found.changes, moment, context);
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

function changeKeyOf(key: CursorKey | null): ChangePlace | undefined {
  if (!key) return undefined;
  const [effectiveOn, knownFromPosition, ordinal] = key;
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
