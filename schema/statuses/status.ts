import { Ctx, Field, ObjectType } from 'type-graphql';
import type { SubjectKind } from '../../events/primitives.js';
import type { StatusView } from '../../projections/statements/queries/statuses.js';
import type { Moment } from '../../src/time/moment.js';
import { Actor } from '../log/actor.js';
import type { Context } from '../context.js';
import { Basis } from './basis.js';
import { Event, eventAt } from '../log/event.js';
import { Evidence } from './evidence.js';
import { Level, Scale } from '../scales/scale.js';
import { type ResolvedScale, resolveScale } from '../scales/resolved-scale.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';

@ObjectType({
  description: 'A level that a subject has on a scale for an interval of time, and where that is known from.',
})
export class Status {
  constructor(
    private readonly view: StatusView,
    private readonly resolvedScale: ResolvedScale,
    private readonly moment: Moment,
  ) {}

  @Field(() => Scale, { description: 'The scale.' })
  get scale(): Scale {
    return new Scale(this.resolvedScale, this.moment);
  }

  @Field(() => Level, { description: 'The level.' })
  get level(): Level {
    return new Level(this.resolvedScale.level(this.view.level));
  }

  @Field(() => DateScalar, {
    description: 'The first date on which it holds: that of the statement, or of the registration if that is later.',
  })
  get since(): string {
    return this.view.since;
  }

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The first date on which it no longer holds. Null: it still does, as far as is known.',
  })
  get until(): string | null {
    return this.view.until;
  }

  @Field(() => DateTimeScalar, { description: 'When this version of the statement was recorded.' })
  get recordedAt(): string {
    return this.view.recordedAt;
  }

  @Field(() => Actor, { nullable: true, description: 'Who recorded it.' })
  get recordedBy(): Actor {
    return new Actor(this.view.actor);
  }

  @Field(() => Basis, { description: 'How it is known.' })
  get basis(): Basis {
    return this.view.basis;
  }

  @Field(() => [Evidence], { description: 'Where it can be checked.' })
  get evidence(): Evidence[] {
    return this.view.evidence.map((item) => new Evidence(item));
  }

  @Field(() => Event, { description: 'The event that made this version of the statement.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.view.position, context, this.moment);
  }
}
type Basis = keyof typeof Basis;

/** The statuses of one point with their scales, in the order given. */
export const toStatuses = (
  statuses: readonly StatusView[],
  kind: SubjectKind,
  moment: Moment,
  context: Context,
): Promise<Status[]> => {
  context.countNodes(statuses.length);
  return Promise.all(
    statuses.map(async (view) => {
      const scale = await resolveScale(view.scale, kind, moment, context);
      if (!scale)
        throw new Error(
          `A statement at position ${view.position} is on scale '${view.scale}', which is not defined there.`,
        );
      return new Status(view, scale, moment);
    }),
  );
};
