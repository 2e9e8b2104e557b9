import { Ctx, Field, ObjectType } from 'type-graphql';
import type { SubjectKind } from '../../events/primitives.js';
import type { StatusFacts } from '../../projections/statements/questions/statuses.js';
import type { Moment } from '../../src/time/moment.js';
import { Actor } from '../log/actor.js';
import type { Context } from '../context.js';
import { Basis } from '../enums.js';
import { Event, eventAt } from '../log/event.js';
import { Evidence } from './evidence.js';
import { Level, Scale } from '../scales/scale.js';
import { scaleAt, type ShownScale } from '../scales/scale-book.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';

@ObjectType({
  description: 'A level that a subject has on a scale for an interval of time, and where that is known from.',
})
export class Status {
  constructor(
    private readonly facts: StatusFacts,
    private readonly shown: ShownScale,
    private readonly moment: Moment,
  ) {}

  @Field(() => Scale, { description: 'The scale.' })
  get scale(): Scale {
    return new Scale(this.shown, this.moment);
  }

  @Field(() => Level, { description: 'The level.' })
  get level(): Level {
    return new Level(this.shown.level(this.facts.level));
  }

  @Field(() => DateScalar, {
    description: 'The first date on which it holds: that of the statement, or of the registration if that is later.',
  })
  get since(): string {
    return this.facts.since;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first date on which it no longer holds. Null: it still does, as far as is known.',
  })
  get until(): string | null {
    return this.facts.until;
  }

  @Field(() => DateTimeScalar, { description: 'When this version of the statement was recorded.' })
  get recordedAt(): string {
    return this.facts.recordedAt;
  }

  @Field(() => Actor, { nullable: true, description: 'Who recorded it.' })
  get recordedBy(): Actor {
    return new Actor(this.facts.actor);
  }

  @Field(() => Basis, { description: 'How it is known.' })
  get basis(): Basis {
    return this.facts.basis;
  }

  @Field(() => [Evidence], { description: 'Where it can be checked.' })
  get evidence(): Evidence[] {
    return this.facts.evidence.map((item) => new Evidence(item));
  }

  @Field(() => Event, { description: 'The event that made this version of the statement.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.facts.position, context, this.moment);
  }
}
type Basis = keyof typeof Basis;

/** Statuses as they are shown, in the order given. */
export const showStatuses = (
  statuses: readonly StatusFacts[],
  kind: SubjectKind,
  moment: Moment,
  { loaders, spend }: Context,
): Promise<Status[]> => {
  spend(statuses.length);
  return Promise.all(
    statuses.map(async (facts) => {
      const shown = await scaleAt(facts.scale, kind, moment, loaders);
      if (!shown)
        throw new Error(
          `A statement at position ${facts.position} is on scale '${facts.scale}', which is not defined there.`,
        );
      return new Status(facts, shown, moment);
    }),
  );
};
