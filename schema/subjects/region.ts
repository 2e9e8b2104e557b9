import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Context } from '../context.js';
import { Node } from '../nodes/node.js';
import { Organisation } from './organisation.js';
import { careOfficeOf } from './care-office.js';
import { Subject } from './subject.js';
import { connectionTypes } from '../paging/connection.js';
import { parentsByRegion, registeredSubjects, subjectByKey } from './loaders.js';
import { statusOfCell } from '../statuses/loaders.js';

/** The field `projects` stands in projects-of-region.ts, because a project knows its regions. */
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
  async parent(@Ctx() context: Context): Promise<Region | null> {
    const parent = await statusOfCell({ subject: this.view.id, scale: 'parent' }, this.at, context);
    const view = parent && (await subjectByKey({ kind: 'REGION', key: parent.level }, this.at, context));
    return view ? new Region(view, this.at) : null;
  }

  @Field(() => [Region], { description: 'Its existing subregions, in order of registration.' })
  async subregions(@Ctx() context: Context): Promise<Region[]> {
    const parents = await parentsByRegion(this.at, context);
    const regions = await registeredSubjects({ kind: 'REGION', point: this.at }, context);
    return regions.filter(({ key }) => parents.get(key) === this.view.key).map((view) => new Region(view, this.at));
  }
}

export const RegionConnection = connectionTypes('Region', () => Region, 'regions');
