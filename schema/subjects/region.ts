import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Context } from '../context.js';
import { Milestone, milestonesOf } from '../milestones/milestone.js';
import { Node } from '../node.js';
import { Organisation } from './organisation.js';
import { careOfficeOf } from './care-office.js';
import { Subject } from './subject.js';
import { connectionTypes } from '../paging/connection.js';

/** The field `projects` is in leading-back.ts. */
@ObjectType({
  implements: [Node, Subject],
  description: 'A care-office region (zorgkantoorregio) or a subregion, as known at a moment.',
})
export class Region extends Subject {
  @Field(() => Organisation, {
    nullable: true,
    description: 'The holder of the concession (concessiehouder) at the moment.',
  })
  careOffice(@Ctx() context: Context): Promise<Organisation | null> {
    return careOfficeOf(this, context);
  }

  @Field(() => Region, { nullable: true, description: 'The region that this is a subregion of.' })
  async parent(@Ctx() { loaders }: Context): Promise<Region | null> {
    const parent = await loaders.status.load({ key: `${this.view.id}:parent`, point: this.at });
    const view = parent && (await loaders.subjectByKey.load({ key: `REGION:${parent.level}`, point: this.at }));
    return view ? new Region(view, this.at) : null;
  }

  @Field(() => [Region], { description: 'Its existing subregions, in order of registration.' })
  async subregions(@Ctx() { loaders }: Context): Promise<Region[]> {
    const parents = await loaders.parents(this.at);
    const regions = await loaders.registered('REGION', this.at);
    return regions.filter(({ key }) => parents.get(key) === this.view.key).map((view) => new Region(view, this.at));
  }

  @Field(() => [Milestone], { description: 'What happened in the region up to the date of the moment, oldest first.' })
  milestones(@Ctx() context: Context): Promise<Milestone[]> {
    return milestonesOf(this.view.id, this.at, context);
  }
}

export const RegionConnection = connectionTypes('Region', () => Region, 'regions');
