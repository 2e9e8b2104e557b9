import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { changeFeed, type ChangeFeedEntry } from '../../projections/statements/queries/change-feed.js';
import type { Snapshot } from '../../src/read-models/projector/progress.js';
import { RequestError } from '../../src/time/request-error.js';
import { checkScale } from '../scales/check-scale.js';
import type { Context } from '../context.js';
import { StatusChangeFilter, checkedChangeFilter } from './status-change-filter.js';
import { type ChangeFeed, newChangeFeed } from '../subscriptions/change-feed.js';
import { type Batch, catchUpAndListen } from '../subscriptions/catch-up-and-listen.js';
import { AFTER_POSITION, startPosition } from '../subscriptions/start-position.js';
import { StatusChanged } from './status-changed.js';

/** Positions whose changes are held at a time for one subscriber. */
const BATCH_POSITION_COUNT = 250;

interface Arguments {
  readonly filter?: StatusChangeFilter | null;
  readonly afterPosition?: number | null;
  readonly afterScale?: string | null;
}

async function feedOfChanges({ filter, ...after }: Arguments, context: Context): Promise<ChangeFeed<ChangeFeedEntry>> {
  const checked = await checkedChangeFilter(filter, context);
  const { start, isReceived } = await resumptionOf(after, context);
  const read = async ({ read, projectedPosition }: Snapshot, after: number): Promise<Batch<ChangeFeedEntry>> => {
    const through = Math.min(projectedPosition, after + BATCH_POSITION_COUNT);
    const entries = await changeFeed(read, checked, { after, upTo: through });
    return { items: entries.filter((entry) => !isReceived(entry)), through };
  };
  return newChangeFeed(start, (cursor, signal) => catchUpAndListen(cursor, context.progress, read, signal));
}

/** Where to begin, and which messages of the event there the client has received already. */
async function resumptionOf({ afterPosition, afterScale }: Omit<Arguments, 'filter'>, context: Context) {
  const start = await startPosition(afterPosition, context);
  if (afterScale == null) return { start, isReceived: () => false };
  if (afterPosition == null) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'afterScale',
      'A scale alone is no place in the log: give afterPosition with it.',
    );
  }
  await checkScale(afterScale, 'afterScale', context);
  return {
    start: Math.max(0, start - 1),
    isReceived: ({ position, scale }: ChangeFeedEntry) => position === start && scale <= afterScale,
  };
}

@Resolver()
export class StatusSubscription {
  @Subscription(() => StatusChanged, {
    // type-graphql does not type the arguments and the context of `subscribe`.
    subscribe: ({ args, context }) => feedOfChanges(args as Arguments, context as Context),
    description:
      'Status changes as they become known: a message for each event and scale by which changes that pass the filter ended or began, once and in order, as soon as the read models include it. To resume after a lost connection, give the position and the scale of the last message received.',
  })
  async statusChanged(
    @Root() entry: ChangeFeedEntry,
    @Arg('filter', () => StatusChangeFilter, {
      nullable: true,
      description:
        'Which changes, ended and begun alike; a message without any is not sent. Default: all on the scales that assess the subjects.',
    })
    _filter: StatusChangeFilter | null,
    @Arg('afterPosition', AFTER_POSITION.type, AFTER_POSITION.options) _afterPosition: number | null,
    @Arg('afterScale', () => ID, {
      nullable: true,
      description:
        'With afterPosition: resume within that event, after its message for the scale with this key. An event may be news on several scales, and the connection may be lost between two of its messages.',
    })
    _afterScale: string | null,
    @Ctx() context: Context,
  ): Promise<StatusChanged> {
    return new StatusChanged(entry, await context.moment({ position: entry.position }, 'afterPosition'));
  }
}
