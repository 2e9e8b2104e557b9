import { Ctx, Field, ObjectType } from 'type-graphql';
import type { ChangeFeedEntry } from '../../projections/statements/queries/change-feed.js';
import type { Moment } from '../../src/time/moment.js';
import { toSubjectKind } from '../subjects/subject-kind.js';
import type { Context } from '../context.js';
import { Event, eventAt } from '../log/event.js';
import { Scale } from '../scales/scale.js';
import { resolveScale } from '../scales/resolved-scale.js';
import { PositionScalar } from '../scalars.js';
import { subjectOfChange } from '../subjects/to-subject.js';
import { StatusChange, toStatusChanges } from './status-change.js';
import { Subject } from '../subjects/subject.js';

@ObjectType({
  description:
    'What one event did to the known changes of its subject on one scale. Everything is shown as it was known right after the event.',
})
export class StatusChanged {
  constructor(
    private readonly entry: ChangeFeedEntry,
    /** Today's date at the position of the event. */
    private readonly moment: Moment,
  ) {}

  /** One of the changes: all have the same subject and scale. */
  private get change() {
    const [change] = [...this.entry.begun, ...this.entry.ended];
    if (!change) throw new Error(`No change ended or began at position ${this.entry.position}.`);
    return change;
  }

  @Field(() => PositionScalar, {
    description:
      'Of the event. An event that is news on several scales sends a message for each, in order of the keys of the scales.',
  })
  get position(): number {
    return this.entry.position;
  }

  @Field(() => Event, {
    description: 'The event that ended or began them: a statement, a correction, a withdrawal, a retirement.',
  })
  event(@Ctx() context: Context): Promise<Event> {
    return eventAt(this.entry.position, context, this.moment);
  }

  @Field(() => Subject, { description: 'The region or project whose changes they are.' })
  subject(@Ctx() context: Context): Promise<Subject> {
    return subjectOfChange(this.change, this.moment, context);
  }

  @Field(() => Scale, { description: 'The scale on which they are.' })
  async scale(@Ctx() context: Context): Promise<Scale> {
    const { scale, kind } = this.change;
    const resolved = await resolveScale(scale, toSubjectKind(kind), this.moment, context);
    if (!resolved)
      throw new Error(`A change on scale '${scale}', which is not defined at position ${this.moment.position}.`);
    return new Scale(resolved, this.moment);
  }

  @Field(() => [StatusChange], {
    description: 'The changes that stood until then and no longer do, by date: supersededBy is the event.',
  })
  ended(@Ctx() context: Context): Promise<StatusChange[]> {
    return toStatusChanges(this.entry.ended, this.moment, context);
  }

  @Field(() => [StatusChange], { description: 'The changes that stand from then on, by date.' })
  begun(@Ctx() context: Context): Promise<StatusChange[]> {
    return toStatusChanges(this.entry.begun, this.moment, context);
  }
}
