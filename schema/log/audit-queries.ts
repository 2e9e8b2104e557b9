import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { milestonesAt } from '../../projections/milestones/queries.js';
import { RequestError } from '../../src/time/request-error.js';
import { At, atDescription } from '../moments/at.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { momentOfList, orderOfList } from '../paging/continuation.js';
import { digestOf } from '../paging/cursor.js';
import { ChangeOrderField, OrderDirection } from '../enums.js';
import { Event } from './event.js';
import { checkedEventFilter, EventFilter } from './event-filter.js';
import { EventConnection, eventsOfList } from './events.js';
import { decodeId } from '../global-id.js';
import { Milestone } from '../milestones/milestone.js';
import { ProjectionStatus } from './projection-status.js';
import { checkedChangeFilter, StatusChangeFilter } from '../statuses/status-change-filter.js';
import { changesOfList, readOrder, StatusChangeConnection, writeOrder } from '../statuses/status-changes.js';

@InputType({ description: 'The order of a list of status changes.' })
export class ChangeOrder {
  @Field(() => ChangeOrderField, { description: 'What to order by.' })
  by!: ChangeOrderField;

  @Field(() => OrderDirection, {
    nullable: true,
    defaultValue: OrderDirection.ASC,
    description: 'Which end comes first.',
  })
  direction?: OrderDirection | null;
}

const AT = { nullable: true, description: atDescription } as const;

@Resolver()
export class AuditQueries {
  @Query(() => StatusChangeConnection, {
    description:
      'The auditors’ question: who changed which status, when, on what evidence, and was it corrected since? Whatever the date of the changes: the moment’s system time decides what is known of them.',
  })
  async statusChanges(
    @Arg('filter', () => StatusChangeFilter, {
      nullable: true,
      description: 'Which changes. Default: all on the scales that assess the subjects.',
    })
    filter: StatusChangeFilter | null,
    @Arg('at', () => At, AT) at: At | null,
    @Arg('includeSuperseded', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Also changes that stood once and that later news has broken.',
    })
    includeSuperseded: boolean | null,
    @Arg('orderBy', () => ChangeOrder, {
      nullable: true,
      description: 'In which order. Default: by date, oldest first.',
    })
    orderBy: ChangeOrder | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof StatusChangeConnection>> {
    const query = { ...(await checkedChangeFilter(filter, context)), includeSuperseded: includeSuperseded ?? false };
    const list = 'statusChanges';
    const digest = digestOf(query);
    const { moment, ...cursors } = await momentOfList(at, page, list, digest, context);
    const fallback = writeOrder({ by: 'EFFECTIVE_ON', direction: 'ASC' });
    const order = readOrder(
      orderOfList(
        orderBy && writeOrder({ by: orderBy.by, direction: orderBy.direction ?? 'ASC' }),
        fallback,
        cursors.frame,
      ),
    );
    return changesOfList(query, order, page, moment, cursors, digest, list, context);
  }

  @Query(() => [Milestone], {
    description: 'What happened up to the date of the moment, in the programme and to its subjects, oldest first.',
  })
  async milestones(@Arg('at', () => At, AT) at: At | null, @Ctx() context: Context): Promise<Milestone[]> {
    const moment = await context.moment(at, 'at');
    return (await milestonesAt(context.read, moment)).map((view) => new Milestone(view, moment));
  }

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

  @Query(() => [ProjectionStatus], { description: 'How far the read models are, and whether any has stopped.' })
  async projections(@Ctx() context: Context): Promise<ProjectionStatus[]> {
    context.caching.dependsOn('HEAD');
    return (await context.projections()).map((view) => new ProjectionStatus(view));
  }
}
