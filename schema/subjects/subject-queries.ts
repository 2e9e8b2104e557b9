import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { checkRegistered } from './check-subjects.js';
import { At, atDescription } from '../moments/at.js';
import { PageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Organisation } from './organisation.js';
import { Project, ProjectConnection } from './project.js';
import { Region, RegionConnection } from './region.js';
import { SubjectFilter } from './subject-filter.js';
import { subjectList } from './subject-lists.js';
import { SubjectOrder } from './subject-order.js';
import { registeredSubjects, subjectByKey } from './loaders.js';

const FILTER = { nullable: true, description: 'Which of them. Default: all that exist at the moment.' } as const;
const ORDER = { nullable: true, description: 'In which order. Default: by key.' } as const;
const AT = { nullable: true, description: atDescription } as const;

@Resolver()
export class SubjectQueries {
  @Query(() => Region, {
    nullable: true,
    description:
      'A region by key, whatever the date. Null where its registration is not known at the moment; UNKNOWN_REGION where no such region was ever registered.',
  })
  async region(
    @Arg('key', () => ID, { description: 'Its key, such as `zeeland`.' }) key: string,
    @Arg('at', () => At, AT) at: At | null,
    @Ctx() context: Context,
  ): Promise<Region | null> {
    const moment = await context.moment(at, 'at');
    await checkRegistered('REGION', [key], 'key', context);
    const view = await subjectByKey({ kind: 'REGION', key: key }, moment, context);
    return view && new Region(view, moment);
  }

  @Query(() => RegionConnection, { description: 'The regions that exist at the moment.' })
  async regions(
    @Arg('at', () => At, AT) at: At | null,
    @Arg('filter', () => SubjectFilter, FILTER) filter: SubjectFilter | null,
    @Arg('orderBy', () => SubjectOrder, ORDER) orderBy: SubjectOrder | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof RegionConnection>> {
    const request = { at, filter, orderBy, page };
    return new RegionConnection(
      await subjectList('REGION', request, (view, moment) => new Region(view, moment), context),
    );
  }

  @Query(() => Project, {
    nullable: true,
    description:
      'A project by key, whatever the date. Null where its registration is not known at the moment; UNKNOWN_PROJECT where no such project was ever registered.',
  })
  async project(
    @Arg('key', () => ID, { description: 'Its key, such as `P-001`.' }) key: string,
    @Arg('at', () => At, AT) at: At | null,
    @Ctx() context: Context,
  ): Promise<Project | null> {
    const moment = await context.moment(at, 'at');
    await checkRegistered('PROJECT', [key], 'key', context);
    const view = await subjectByKey({ kind: 'PROJECT', key: key }, moment, context);
    return view && new Project(view, moment);
  }

  @Query(() => ProjectConnection, { description: 'The projects that exist at the moment.' })
  async projects(
    @Arg('at', () => At, AT) at: At | null,
    @Arg('filter', () => SubjectFilter, FILTER) filter: SubjectFilter | null,
    @Arg('orderBy', () => SubjectOrder, ORDER) orderBy: SubjectOrder | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof ProjectConnection>> {
    const request = { at, filter, orderBy, page };
    return new ProjectConnection(
      await subjectList('PROJECT', request, (view, moment) => new Project(view, moment), context),
    );
  }

  @Query(() => [Organisation], { description: 'The organisations that exist at the moment, in order of registration.' })
  async organisations(@Arg('at', () => At, AT) at: At | null, @Ctx() context: Context): Promise<Organisation[]> {
    const moment = await context.moment(at, 'at');
    const registered = await registeredSubjects({ kind: 'ORGANISATION', point: moment }, context);
    return registered.filter(({ exists }) => exists).map((view) => new Organisation(view, moment));
  }

  @Query(() => Organisation, {
    nullable: true,
    description:
      'An organisation by key, whatever the date. Null where its registration is not known at the moment; UNKNOWN_ORGANISATION where none was ever registered under it.',
  })
  async organisation(
    @Arg('key', () => ID, { description: 'Its key, such as `zilveren-kruis`.' }) key: string,
    @Arg('at', () => At, AT) at: At | null,
    @Ctx() context: Context,
  ): Promise<Organisation | null> {
    const moment = await context.moment(at, 'at');
    await checkRegistered('ORGANISATION', [key], 'key', context);
    const view = await subjectByKey({ kind: 'ORGANISATION', key: key }, moment, context);
    return view && new Organisation(view, moment);
  }
}
