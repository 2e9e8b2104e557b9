import { Ctx, Field, ObjectType } from 'type-graphql';
import { milestonesAt, type MilestoneView } from '../../projections/milestones/queries.js';
import type { Moment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { defineLoaderAtPoint, sameKey } from '../loaders.js';
import { DatePrecision } from '../enums.js';
import { Event, eventAt } from '../log/event.js';

/** The field `subject` is in leading-back.ts. */
@ObjectType({ description: 'A dated fact about a subject, or about the whole programme.' })
export class Milestone {
  constructor(
    readonly view: MilestoneView,
    readonly at: Moment,
  ) {}

  @Field(() => String, { description: 'When: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as it is known.' })
  get on(): string {
    return this.view.on;
  }

  @Field(() => DatePrecision, { description: 'How exactly it is dated.' })
  get precision(): keyof typeof DatePrecision {
    return this.view.precision;
  }

  @Field(() => String, { description: 'What happened.' })
  get text(): string {
    return this.view.text;
  }

  @Field(() => Event, { description: 'The event that recorded it.' })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.view.position, context, this.at);
  }
}

const milestonesOfSubject = defineLoaderAtPoint({
  nameOf: sameKey<number>,
  fetch: async (subjects, point, { read }) =>
    Map.groupBy(await milestonesAt(read, point, subjects), ({ subject }) => subject ?? 0),
});

/** The milestones of one subject at its moment. */
export async function milestonesOf(subject: number, at: Moment, context: Context): Promise<Milestone[]> {
  const view = await milestonesOfSubject(subject, at, context);
  return (view ?? []).map((milestone) => new Milestone(milestone, at));
}
