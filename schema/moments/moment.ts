import { Ctx, Field, ObjectType } from 'type-graphql';
import type { Moment as ResolvedMoment } from '../../src/time/moment.js';
import type { Context } from '../context.js';
import { LogTree } from '../log/log-tree.js';
import { Period } from '../periods/period.js';
import { DateScalar, DateTimeScalar, PositionScalar } from '../scalars.js';
import { periodsDefinedBy } from '../periods/loaders.js';

@ObjectType({
  description:
    'The moment that an answer is for, on both time axes. Whatever is returned for a moment answers all its nested fields for that same moment.',
  simpleResolvers: true,
})
export class Moment {
  @Field(() => DateScalar, { description: 'Valid time: the date that the answer is about.' })
  readonly asOf: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'System time as an instant: when the event at the position was recorded. Null before the first event.',
  })
  readonly knownAt: string | null;

  @Field(() => PositionScalar, {
    description: 'System time, exactly: the last position of the log that the answer knows of.',
  })
  readonly position: number;

  @Field(() => Boolean, { description: 'The system time is that of the period’s first publication.' })
  readonly asPublished: boolean;

  @Field(() => Boolean, {
    description:
      'The answer can never change: date and system time are pinned, and nothing can be recorded before that any more.',
  })
  readonly immutable: boolean;

  @Field(() => Boolean, { description: 'Nothing was recorded yet: the answer is empty.' })
  readonly beforeFirstEvent: boolean;

  @Field(() => Boolean, {
    description:
      'An imported history stated knownAt itself; the log did not witness it. The event’s appendedAt tells when it came in.',
  })
  readonly recordedAtStated: boolean;

  @Field(() => LogTree, {
    description: 'The Merkle tree at the position: what the answer was computed from, in one hash.',
  })
  readonly tree: LogTree;

  constructor(private readonly moment: ResolvedMoment) {
    this.asOf = moment.asOf;
    this.knownAt = moment.knownAt;
    this.position = moment.position;
    this.asPublished = moment.asPublished;
    this.immutable = moment.immutable;
    this.beforeFirstEvent = moment.position === 0;
    this.recordedAtStated = moment.recordedAtStated;
    this.tree = new LogTree(moment.position);
  }

  @Field(() => Period, {
    nullable: true,
    description: 'The period that the moment was asked for by, if it was.',
    simple: false,
  })
  async period(@Ctx() context: Context): Promise<Period | null> {
    const { periodKey, position } = this.moment;
    const period = (await periodsDefinedBy(position, context)).find(({ key }) => key === periodKey);
    return period ? new Period(period, position) : null;
  }
}
