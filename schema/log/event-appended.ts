import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import type { Snapshot } from '../../src/read-models/projector/progress.js';
import type { Context } from '../context.js';
import { Event } from './event.js';
import { EventFilter, checkedEventFilter } from './event-filter.js';
import { type ChangeFeed, newChangeFeed } from '../subscriptions/change-feed.js';
import { type Batch, catchUpAndListen } from '../subscriptions/catch-up-and-listen.js';
import { AFTER_POSITION, startPosition } from '../subscriptions/start-position.js';

/** Events that are held at a time for one subscriber: an event may be large. */
const BATCH_EVENT_COUNT = 32;

/** Positions that are searched at a time: a filter that few events pass must not make one search long. */
const BATCH_POSITION_COUNT = 1_000;

interface Arguments {
  readonly filter?: EventFilter | null;
  readonly afterPosition?: number | null;
}

async function eventFeed({ filter, afterPosition }: Arguments, context: Context): Promise<ChangeFeed<StoredEvent>> {
  const { log, progress } = context;
  const query = checkedEventFilter(filter);
  const read = async ({ projectedPosition }: Snapshot, after: number): Promise<Batch<StoredEvent>> => {
    const upToPosition = Math.min(projectedPosition, after + BATCH_POSITION_COUNT);
    const { events } = await log.find({ ...query, upToPosition }, { after, limit: BATCH_EVENT_COUNT, from: 'FIRST' });
    const last = events.length === BATCH_EVENT_COUNT ? events.at(-1) : undefined;
    return { items: events, through: last?.position ?? upToPosition };
  };
  const start = await startPosition(afterPosition, context);
  return newChangeFeed(start, (cursor, signal) => catchUpAndListen(cursor, progress, read, signal));
}

@Resolver()
export class EventSubscription {
  @Subscription(() => Event, {
    // type-graphql does not type the arguments and the context of `subscribe`.
    subscribe: ({ args, context }) => eventFeed(args as Arguments, context as Context),
    description:
      'The log as it grows: every event that passes the filter, once and in order, as soon as the read models include it. A subject is shown as it was known right after the event. To resume after a lost connection, give the position of the last event received.',
  })
  async eventAppended(
    @Root() stored: StoredEvent,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events. Default: all.' })
    _filter: EventFilter | null,
    @Arg('afterPosition', AFTER_POSITION.type, AFTER_POSITION.options) _afterPosition: number | null,
    @Ctx() context: Context,
  ): Promise<Event> {
    return new Event(stored, await context.momentAfter(stored, 'afterPosition'));
  }
}
