import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { PageArguments } from '../paging/connection.js';
import { ProjectConnection } from './project.js';
import { Region } from './region.js';
import { SubjectFilter } from './subject-filter.js';
import { projectsOfRegion } from './subject-lists.js';

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
