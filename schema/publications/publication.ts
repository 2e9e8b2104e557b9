import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { Figure, PublicationView } from '../../projections/publications/queries.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { Event, eventAt } from '../log/event.js';
import { DateScalar } from '../scalars.js';

@ObjectType({ description: 'How often a publication was read or downloaded in a span of days.' })
export class PublicationFigure {
  constructor(
    private readonly figure: Figure,
    private readonly moment: Moment,
  ) {}

  @Field(() => String, { description: 'What is counted, such as `pageviews` or `downloads`.' })
  get metric(): string {
    return this.figure.metric;
  }

  @Field(() => Int, { description: 'How many.' })
  get value(): number {
    return this.figure.value;
  }

  @Field(() => DateScalar, { description: 'The first day counted.' })
  get from(): string {
    return this.figure.from;
  }

  @Field(() => DateScalar, { description: 'The last day counted.' })
  get until(): string {
    return this.figure.until;
  }

  @Field(() => String, { description: 'Where the figure stands.' })
  get source(): string {
    return this.figure.source;
  }

  @Field(() => Event, { description: 'The event that recorded it.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.figure.position, context, this.moment);
  }
}

@ObjectType({ description: 'Something that was published to share knowledge, and how often it was read.' })
export class Publication {
  constructor(
    private readonly view: PublicationView,
    private readonly moment: Moment,
  ) {}

  @Field(() => String, { description: 'Its title.' })
  get title(): string {
    return this.view.title;
  }

  @Field(() => String, { description: 'What it is, such as `page` or `pdf`.' })
  get kind(): string {
    return this.view.kind;
  }

  @Field(() => [PublicationFigure], {
    description: 'Its figures for spans that had ended by the date of the moment, in order of recording.',
  })
  get figures(): PublicationFigure[] {
    return this.view.figures.map((figure) => new PublicationFigure(figure, this.moment));
  }
}
