import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { RequestError } from '../../src/time/request-error.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { momentOfList } from '../paging/continuation.js';
import { digestOf } from '../paging/cursor.js';
import { Event } from './event.js';
import { EventFilter, checkedEventFilter } from './event-filter.js';
import { EventConnection, eventsOfList } from './events.js';
import { decodeId } from '../nodes/global-id.js';

@Resolver()
export class EventQueries {
  @Query(() => Event, { nullable: true, description: 'An event by id. Null where the log has none.' })
  async event(
    @Arg('id', () => ID, { description: 'The event’s id.' }) id: string,
    @Ctx() { log, caching }: Context,
  ): Promise<Event | null> {
    caching.dependsOn('HEAD');
    const named = decodeId(id, 'id');
    if (named.type !== 'Event')
      throw new RequestError('INVALID_ID', 'id', `'${id}' is the id of a ${named.type}, not of an event.`);
    const [stored] = await log.byIds([named.id]);
    return stored ? new Event(stored, null) : null;
  }

  @Query(() => EventConnection, { description: 'The log itself, oldest first, as far as the read models have come.' })
  async events(
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events. Default: all.' })
    filter: EventFilter | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof EventConnection>> {
    const query = checkedEventFilter(filter);
    const digest = digestOf(query);
    const { moment, ...cursors } = await momentOfList(null, page, 'events', digest, context);
    return eventsOfList(query, page, moment, cursors, digest, 'events', context);
  }
}
