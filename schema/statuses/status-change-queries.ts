import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { At, atDescription } from '../moments/at.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { momentOfList } from '../paging/continuation.js';
import { orderOfList } from '../paging/list-order.js';
import { digestOf } from '../paging/cursor.js';
import { ChangeOrder, changeOrderFormat, oldestFirst } from './change-order.js';
import { StatusChangeFilter, checkedChangeFilter } from './status-change-filter.js';
import { StatusChangeConnection, changesOfList } from './status-changes.js';

@Resolver()
export class StatusChangeQueries {
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
    @Arg('at', () => At, { nullable: true, description: atDescription }) at: At | null,
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
    const { moment, ...continuation } = await momentOfList(at, page, list, digest, context);
    const asked = orderBy ? { by: orderBy.by, direction: orderBy.direction ?? 'ASC' } : null;
    const order = orderOfList(asked, oldestFirst, changeOrderFormat, continuation.frame);
    return changesOfList({ list, digest, query, order, moment, continuation }, page, context);
  }
}
