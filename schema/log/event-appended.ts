import { Arg, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import type { Snapshot } from '../../src/read-models/projector/progress.js';
import type { Context } from '../context.js';
import { Event } from './event.js';
import { EventFilter, checkedEventFilter } from './event-filter.js';
import { type Feed, newFeed } from '../subscriptions/change-feed.js';
import { type Part, follow } from '../subscriptions/catch-up.js';
import { AFTER_POSITION, startOf } from '../subscriptions/start-position.js';

/** Events held at a time for one subscriber: an event may be large. */
const PART = 32;

/** Positions searched at a time: a filter that hardly anything passes must not make one search long. */
const SPAN = 1_000;

interface Arguments {
  readonly filter?: EventFilter | null;
  readonly afterPosition?: number | null;
}

async function eventFeed({ filter, afterPosition }: Arguments, context: Context): Promise<Feed<StoredEvent>> {
  const { log, progress } = context;
  const query = checkedEventFilter(filter);
  const read = async ({ projectedPosition }: Snapshot, after: number): Promise<Part<StoredEvent>> => {
    const upToPosition = Math.min(projectedPosition, after + SPAN);
    const { events } = await log.find({ ...query, upToPosition }, { after, limit: PART, from: 'FIRST' });
    const last = events.length === PART ? events.at(-1) : undefined;
    return { items: events, through: last?.position ?? upToPosition };
  };
  const start = await startOf(afterPosition, context);
  return newFeed(start, (place, signal) => follow(place, progress, read, signal));
}

@Resolver()
export class EventSubscription {
  @Subscription(() => Event, {
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
    return new Event(stored, await context.moment({ position: stored.position }, 'afterPosition'));
  }
}
