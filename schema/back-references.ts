import { Args, Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { subjectOfStream } from '../events/streams.js';
import { PageArguments } from './paging/connection.js';
import type { Context } from './context.js';
import { Event } from './log/event.js';
import { Milestone } from './milestones/milestone.js';
import { ProjectConnection } from './subjects/project.js';
import { Region } from './subjects/region.js';
import { showSubject, subjectNamed, subjectOfChange } from './subjects/show-subject.js';
import { StatusChange } from './statuses/status-change.js';
import { Subject } from './subjects/subject.js';
import { SubjectFilter } from './subjects/subject-filter.js';
import { projectsOfRegion } from './subjects/subject-lists.js';
import { subjectById } from './subjects/loaders.js';

/**
 * The fields that lead from a thing back to the subject that it is about. They stand apart from their types, because a
 * subject leads to those things: so no file of the schema needs another that needs it.
 */
@Resolver(() => Event)
export class SubjectOfEvent {
  @FieldResolver(() => Subject, {
    nullable: true,
    description: 'The region or project that it is about, at the moment through which the event was reached.',
  })
  async subject(@Root() event: Event, @Ctx() context: Context): Promise<Subject | null> {
    const name = subjectOfStream(event.stored.stream);
    if (!name || name.kind === 'ORGANISATION') return null;
    const moment = event.seenFrom ?? (await context.moment(null, 'at'));
    return subjectNamed(name.kind, name.key, moment, context);
  }
}

@Resolver(() => StatusChange)
export class SubjectOfStatusChange {
  @FieldResolver(() => Subject, { description: 'The region or project whose level changed, at the moment asked for.' })
  subject(@Root() { view, at }: StatusChange, @Ctx() context: Context): Promise<Subject> {
    return subjectOfChange(view, at, context);
  }
}

@Resolver(() => Milestone)
export class SubjectOfMilestone {
  @FieldResolver(() => Subject, {
    nullable: true,
    description: 'The region or project that it is about. Null: the whole programme.',
  })
  async subject(@Root() { view: milestone, at }: Milestone, @Ctx() context: Context): Promise<Subject | null> {
    if (milestone.subject === null) return null;
    const view = await subjectById(milestone.subject, at, context);
    return view ? showSubject(view, at) : null;
  }
}

@Resolver(() => Region)
export class ProjectsOfRegion {
  @FieldResolver(() => ProjectConnection, {
    description: 'The existing projects that are carried out in the region or in one of its subregions, by key.',
  })
  projects(
    @Root() region: Region,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => SubjectFilter, { nullable: true, description: 'Which of them.' }) filter: SubjectFilter | null,
    @Ctx() context: Context,
  ): Promise<InstanceType<typeof ProjectConnection>> {
    return projectsOfRegion(region, filter, page, context);
  }
}
