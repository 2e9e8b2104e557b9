import { Ctx, Field, ObjectType } from 'type-graphql';
import type { ComparedSubject } from '../../projections/tabulation/comparison.js';
import type { Moment } from '../../src/time/moment.js';
import { type ComparisonScope, toComparedSubject } from './comparison-scope.js';
import { connectionTypes } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Direction } from '../statuses/direction.js';
import { StatusChange, toStatusChanges } from '../statuses/status-change.js';
import { Status, toStatuses } from '../statuses/status.js';
import { changesOfCell, statusOfCell } from '../statuses/loaders.js';
import { Subject } from '../subjects/subject.js';

/** A compared subject whose level differs. */
interface MovedSubject extends ComparedSubject {
  readonly direction: keyof typeof Direction;
}

export const hasMoved = (subject: ComparedSubject): subject is MovedSubject => subject.direction !== null;

@ObjectType({ description: 'A subject whose level differs between the two moments.' })
export class Mover {
  constructor(
    private readonly comparedSubject: MovedSubject,
    private readonly scope: ComparisonScope,
  ) {}

  @Field(() => Subject, { description: 'The subject, at `to`.' })
  get subject(): Subject {
    return toComparedSubject(this.comparedSubject, this.scope);
  }

  @Field(() => Status, { nullable: true, description: 'Its status at `from`. Null: absent there.' })
  from(@Ctx() context: Context): Promise<Status | null> {
    return this.statusAt(this.comparedSubject.from, this.scope.from, context);
  }

  @Field(() => Status, { nullable: true, description: 'Its status at `to`. Null: absent there.' })
  to(@Ctx() context: Context): Promise<Status | null> {
    return this.statusAt(this.comparedSubject.to, this.scope.to, context);
  }

  @Field(() => Direction, { description: 'Which way the level went.' })
  get direction(): keyof typeof Direction {
    return this.comparedSubject.direction;
  }

  @Field(() => [StatusChange], {
    description:
      'The steps between the two dates, as known at `to`, oldest first. Empty where nothing moved and only our knowledge changed.',
  })
  async changes(@Ctx() context: Context): Promise<StatusChange[]> {
    const { scale, from, to } = this.scope;
    const [first, last] = from.asOf <= to.asOf ? [from.asOf, to.asOf] : [to.asOf, from.asOf];
    const changes = await changesOfCell(
      { subject: this.comparedSubject.subject.id, scale: scale.key },
      to.position,
      context,
    );
    const between = (changes ?? []).filter(({ effectiveOn }) => first < effectiveOn && effectiveOn <= last);
    return toStatusChanges(between, to, context);
  }

  @Field(() => Boolean, { description: 'What is known of its level at `from` has itself changed since.' })
  get restated(): boolean {
    return this.comparedSubject.from !== this.comparedSubject.fromAsKnownAtTo;
  }

  private async statusAt(level: string | null, moment: Moment, context: Context): Promise<Status | null> {
    if (level === null) return null;
    const { scale, kind } = this.scope;
    const view = await statusOfCell({ subject: this.comparedSubject.subject.id, scale: scale.key }, moment, context);
    return view ? ((await toStatuses([view], kind, moment, context))[0] ?? null) : null;
  }
}

export const MoverConnection = connectionTypes(
  'Mover',
  () => Mover,
  'subjects whose level differs between two moments',
);
