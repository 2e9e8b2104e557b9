import { Field, ObjectType } from 'type-graphql';
import type { Evidence as EvidenceData } from '../../events/primitives.js';

@ObjectType({ description: 'Where a statement can be checked.' })
export class Evidence {
  constructor(view: EvidenceData) {
    this.title = view.title;
    this.locator = view.locator;
    this.url = view.url;
  }

  @Field(() => String, { description: 'The document or other source.' })
  readonly title: string;

  @Field(() => String, { nullable: true, description: 'The place in it: a table, a page, an annex.' })
  readonly locator: string | null;

  @Field(() => String, { nullable: true, description: 'Where the source can be read.' })
  readonly url: string | null;
}
