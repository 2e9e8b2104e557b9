import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { publicationsAt } from '../../projections/publications/queries.js';
import { At, atDescription } from '../moments/at.js';
import type { Context } from '../context.js';
import { Publication } from './publication.js';

@Resolver()
export class PublicationQueries {
  @Query(() => [Publication], { description: 'The publications with their figures, in order of recording.' })
  async publications(
    @Arg('at', () => At, { nullable: true, description: atDescription }) at: At | null,
    @Ctx() context: Context,
  ): Promise<Publication[]> {
    const moment = await context.moment(at, 'at');
    return (await publicationsAt(context.read, moment)).map((view) => new Publication(view, moment));
  }
}
