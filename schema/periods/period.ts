import { Arg, Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { PeriodView, PeriodPublicationView } from '../../projections/periods/queries.js';
import type { Context } from '../context.js';
import { Language, inLanguage, languageArgument } from '../language.js';
import { Event, eventAt } from '../log/event.js';
import type { GlobalId } from '../nodes/global-id.js';
import { LogTree } from '../log/log-tree.js';
import { Node } from '../nodes/node.js';
import { DateScalar, DateTimeScalar, PositionScalar } from '../scalars.js';

@ObjectType({
  implements: Node,
  description:
    'A reporting period. Its reference date never changes; its tables were published at a position of the log.',
})
export class Period extends Node {
  constructor(
    private readonly view: PeriodView,
    private readonly position: number,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    return { type: 'Period', key: this.key, position: this.position };
  }

  @Field(() => ID, { description: 'The readable name, such as `2020-10`.' })
  get key(): string {
    return this.view.key;
  }

  @Field(() => String, { description: 'What the period is called.' })
  label(@Arg('language', () => Language, languageArgument) language: Language | null): string {
    return inLanguage(this.view.label, language);
  }

  @Field(() => DateScalar, { description: 'The date that the period’s figures are about (peildatum).' })
  get referenceDate(): string {
    return this.view.referenceDate;
  }

  @Field(() => [PeriodPublication], {
    description: 'When the period’s tables were published, first one first. Empty where they have not been.',
  })
  get publications(): PeriodPublication[] {
    return this.view.publications.map((publication) => new PeriodPublication(publication));
  }

  @Field(() => LogTree, {
    nullable: true,
    description:
      'The Merkle tree at the position of the first publication: to be printed beside the period’s tables. Null where they have not been published.',
  })
  get publishedTree(): LogTree | null {
    const [first] = this.view.publications;
    return first ? new LogTree(first.position) : null;
  }
}

@ObjectType({
  description: 'The publication of a period’s tables: it pins the state of the log that they were made from.',
})
export class PeriodPublication {
  constructor(private readonly view: PeriodPublicationView) {}

  @Field(() => PositionScalar, {
    description: 'The log position that the publication pins: asPublished answers as of it.',
  })
  get position(): number {
    return this.view.position;
  }

  @Field(() => DateTimeScalar, { description: 'When the publication was recorded.' })
  get publishedAt(): string {
    return this.view.publishedAt;
  }

  @Field(() => LogTree, { description: 'The Merkle tree at the position, the publishing event included.' })
  get tree(): LogTree {
    return new LogTree(this.view.position);
  }

  @Field(() => Event, { description: 'The publishing event. It carries the tables as they were rebuilt then.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.view.position, context);
  }
}
