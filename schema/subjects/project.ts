import { Ctx, Field, ObjectType } from 'type-graphql';
import { regionKeys } from '../../events/reserved-scales.js';
import { careOfficeOf } from './care-office.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Node } from '../nodes/node.js';
import { Organisation } from './organisation.js';
import { Region } from './region.js';
import { Subject } from './subject.js';
import { subjectByKey } from './loaders.js';
import { statusOfCell } from '../statuses/loaders.js';

@ObjectType({ implements: [Node, Subject], description: 'A regional project (transitieplan), as known at a moment.' })
export class Project extends Subject {
  @Field(() => [Region], { description: 'The regions that carry it out. Empty where they are not known.' })
  async regions(@Ctx() context: Context): Promise<Region[]> {
    const status = await statusOfCell({ subject: this.view.id, scale: 'regions' }, this.at, context);
    const keys = regionKeys(status?.level ?? '');
    const regions = await Promise.all(keys.map((key) => subjectByKey({ kind: 'REGION', key: key }, this.at, context)));
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
}

export const ProjectConnection = connectionTypes('Project', () => Project, 'projects');
