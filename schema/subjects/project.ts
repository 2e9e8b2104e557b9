import { Ctx, Field, ObjectType } from 'type-graphql';
import { regionKeys } from '../../events/reserved-scales.js';
import { careOfficeOf } from './care-office.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Milestone, milestonesOf } from '../milestones/milestone.js';
import { Node } from '../node.js';
import { Organisation } from './organisation.js';
import { Region } from './region.js';
import { Subject } from './subject.js';

@ObjectType({ implements: [Node, Subject], description: 'A regional project (transitieplan), as known at a moment.' })
export class Project extends Subject {
  @Field(() => [Region], { description: 'The regions that carry it out. Empty where they are not known.' })
  async regions(@Ctx() { loaders }: Context): Promise<Region[]> {
    const status = await loaders.status.load({ key: `${this.view.id}:regions`, point: this.at });
    const keys = regionKeys(status?.level ?? '');
    const regions = await Promise.all(
      keys.map((key) => loaders.subjectByKey.load({ key: `REGION:${key}`, point: this.at })),
    );
    return regions.filter((view) => view !== null).map((view) => new Region(view, this.at));
  }

  @Field(() => Organisation, {
    nullable: true,
    description: 'The holder of the concession (concessiehouder) that it is registered with.',
  })
  careOffice(@Ctx() context: Context): Promise<Organisation | null> {
    return careOfficeOf(this, context);
  }

  @Field(() => String, { nullable: true, description: 'What it is about, as known at the moment.' })
  get summary(): string | null {
    return this.view.summary;
  }

  @Field(() => [Milestone], { description: 'What happened in the project up to the date of the moment, oldest first.' })
  milestones(@Ctx() context: Context): Promise<Milestone[]> {
    return milestonesOf(this.view.id, this.at, context);
  }
}

export const ProjectConnection = connectionTypes('Project', () => Project, 'projects');
