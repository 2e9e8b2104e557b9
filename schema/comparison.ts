import { Arg, Args, Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import type { ComparedStandings, LevelBalance, Standing } from '../projections/tabulation/comparison.js';
import type { Moment as ResolvedMoment } from '../src/time/moment.js';
import { connectionTypes, ForwardPageArguments } from './connection.js';
import type { Context } from './context.js';
import { continuationWithin } from './continuation.js';
import { digestOf } from './cursor.js';
import { Direction } from './enums.js';
import { Moment } from './moment.js';
import { cutPage } from './page.js';
import { Level, Scale } from './scale.js';
import type { ShownScale } from './scale-book.js';
import { showSubject, SubjectConnection } from './show-subject.js';
import { showChanges, StatusChange } from './status-change.js';
import { showStatuses, Status } from './status.js';
import { Subject } from './subject.js';
import { pageOfSubjects } from './subject-lists.js';

type DirectionName = keyof typeof Direction;

/** What the parts of one comparison share. */
interface Compared {
  /** As known at `newest`. */
  readonly scale: ShownScale;
  /** Of the two moments the one that knows more. */
  readonly newest: ResolvedMoment;
  readonly kind: 'REGION' | 'PROJECT';
  readonly from: ResolvedMoment;
  readonly to: ResolvedMoment;
}

/** A subject is shown at 'to'; one whose registration is not known there, at 'from'. */
const showStanding = ({ subject, shownAtTo }: Standing, { from, to }: Compared): Subject =>
  showSubject(subject, shownAtTo ? to : from);

@ObjectType({
  description: 'One level of a comparison: how many subjects had it before and after, and why the two differ.',
})
export class ComparisonRow {
  constructor(
    private readonly balance: LevelBalance,
    private readonly compared: Compared,
    private readonly totals: { readonly before: number; readonly after: number },
  ) {}

  @Field(() => Level, { description: 'The level.' })
  get level(): Level {
    return new Level(this.compared.scale.level(this.balance.level));
  }

  @Field(() => Int, { description: 'How many had it at `from`.' })
  get before(): number {
    return this.balance.before;
  }

  @Field(() => Int, { description: 'How many have it at `to`.' })
  get after(): number {
    return this.balance.after;
  }

  @Field(() => Int, { description: 'after − before. Always movement + restatement.' })
  get change(): number {
    return this.balance.change;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'The part of all with a level at `from`, from 0 to 1. Null where there are none.',
  })
  get shareBefore(): number | null {
    return this.totals.before === 0 ? null : this.balance.before / this.totals.before;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'The part of all with a level at `to`, from 0 to 1. Null where there are none.',
  })
  get shareAfter(): number | null {
    return this.totals.after === 0 ? null : this.balance.after / this.totals.after;
  }

  @Field(() => Int, { description: 'What really moved: the difference between the two dates, both as known at `to`.' })
  get movement(): number {
    return this.balance.movement;
  }

  @Field(() => Int, {
    description: 'What has since been learned about `from`: its date as known at `to`, less as known at `from`.',
  })
  get restatement(): number {
    return this.balance.restatement;
  }
}

@ObjectType({
  description: 'How many subjects went from one level to another, or stayed. A null level: absent on that side.',
})
export class Transition {
  constructor(
    private readonly members: readonly Standing[],
    private readonly compared: Compared,
    private readonly digest: string,
  ) {}

  private get first(): Standing {
    return this.members[0] as Standing;
  }

  @Field(() => Level, { nullable: true, description: 'The level at `from`.' })
  get from(): Level | null {
    return this.first.from === null ? null : new Level(this.compared.scale.level(this.first.from));
  }

  @Field(() => Level, { nullable: true, description: 'The level at `to`.' })
  get to(): Level | null {
    return this.first.to === null ? null : new Level(this.compared.scale.level(this.first.to));
  }

  @Field(() => Int, { description: 'How many subjects.' })
  get count(): number {
    return this.members.length;
  }

  @Field(() => SubjectConnection, { description: 'The subjects, at `to`, in order of registration.' })
  subjects(@Args(() => ForwardPageArguments) page: ForwardPageArguments): InstanceType<typeof SubjectConnection> {
    const frame = { list: 'transition', digest: `${this.digest} ${this.first.from} ${this.first.to}`, order: '' };
    const { to } = this.compared;
    const cursors = continuationWithin(to, page, frame.list, frame.digest);
    const standings = new Map(this.members.map((standing) => [standing.subject.id, standing]));
    return new SubjectConnection(
      pageOfSubjects(
        this.members.map(({ subject }) => subject),
        frame,
        page,
        cursors,
        to,
        (subject) => showStanding(standings.get(subject.id) as Standing, this.compared),
      ),
    );
  }
}

@ObjectType({ description: 'A subject whose level differs between the two moments.' })
class Mover {
  constructor(
    private readonly standing: Standing,
    private readonly compared: Compared,
  ) {}

  @Field(() => Subject, { description: 'The subject, at `to`.' })
  get subject(): Subject {
    return showStanding(this.standing, this.compared);
  }

  @Field(() => Status, { nullable: true, description: 'Its status at `from`. Null: absent there.' })
  from(@Ctx() context: Context): Promise<Status | null> {
    return this.statusAt(this.standing.from, this.compared.from, context);
  }

  @Field(() => Status, { nullable: true, description: 'Its status at `to`. Null: absent there.' })
  to(@Ctx() context: Context): Promise<Status | null> {
    return this.statusAt(this.standing.to, this.compared.to, context);
  }

  @Field(() => Direction, { description: 'Which way the level went.' })
  get direction(): DirectionName {
    return this.standing.direction as DirectionName;
  }

  @Field(() => [StatusChange], {
    description:
      'The steps between the two dates, as known at `to`, oldest first. Empty where nothing moved and only our knowledge changed.',
  })
  async changes(@Ctx() context: Context): Promise<StatusChange[]> {
    const { scale, from, to } = this.compared;
    const [first, last] = from.asOf <= to.asOf ? [from.asOf, to.asOf] : [to.asOf, from.asOf];
    const changes = await context.loaders.changes.load({ key: `${this.standing.subject.id}:${scale.key}`, point: to });
    const between = (changes ?? []).filter(({ effectiveOn }) => first < effectiveOn && effectiveOn <= last);
    return showChanges(between, to, context);
  }

  @Field(() => Boolean, { description: 'What is known of its level at `from` has itself changed since.' })
  get restated(): boolean {
    return this.standing.from !== this.standing.fromAsKnownAtTo;
  }

  private async statusAt(level: string | null, moment: ResolvedMoment, context: Context): Promise<Status | null> {
    if (level === null) return null;
    const { scale, kind } = this.compared;
    const facts = await context.loaders.status.load({ key: `${this.standing.subject.id}:${scale.key}`, point: moment });
    return facts ? ((await showStatuses([facts], kind, moment, context))[0] ?? null) : null;
  }
}

export const MoverConnection = connectionTypes(
  'Mover',
  () => Mover,
  'subjects whose level differs between two moments',
);

@ObjectType({ description: 'One scale at two moments: what moved, and what was only learned later.' })
export class Comparison {
  constructor(
    private readonly result: ComparedStandings,
    private readonly compared: Compared,
    private readonly digest: string,
  ) {}

  @Field(() => Scale, { description: 'The scale, as known at `to`, or at `from` where that knows more.' })
  get scale(): Scale {
    return new Scale(this.compared.scale, this.compared.newest);
  }

  @Field(() => Moment, { description: 'The moment compared with.' })
  get from(): Moment {
    return new Moment(this.compared.from);
  }

  @Field(() => Moment, { description: 'The moment compared.' })
  get to(): Moment {
    return new Moment(this.compared.to);
  }

  @Field(() => [ComparisonRow], { description: 'One row per level, in the order of the scale.' })
  get rows(): ComparisonRow[] {
    const { rows } = this.result;
    const totals = {
      before: rows.reduce((sum, { before }) => sum + before, 0),
      after: rows.reduce((sum, { after }) => sum + after, 0),
    };
    return rows.map((row) => new ComparisonRow(row, this.compared, totals));
  }

  @Field(() => [Transition], {
    description: 'The pairs of levels that occur, in the order of the scale; absence comes last.',
  })
  get transitions(): Transition[] {
    const places = new Map(this.result.rows.map(({ level }, index) => [level, index]));
    const place = (level: string | null): number => (level === null ? places.size : (places.get(level) ?? places.size));
    const groups = Map.groupBy(this.result.standings, ({ from, to }) => place(from) * (places.size + 1) + place(to));
    return [...groups]
      .sort(([one], [other]) => one - other)
      .map(([, members]) => new Transition(members, this.compared, this.digest));
  }

  @Field(() => Int, { description: 'Subjects that went to a higher level.' })
  get advanced(): number {
    return this.count('ADVANCE');
  }

  @Field(() => Int, { description: 'Subjects that went to a lower level.' })
  get regressed(): number {
    return this.count('REGRESS');
  }

  @Field(() => Int, { description: 'Subjects that went to another level of a nominal scale.' })
  get lateral(): number {
    return this.count('LATERAL');
  }

  @Field(() => Int, { description: 'Subjects with the same level on both sides.' })
  get unchanged(): number {
    return this.count(null);
  }

  @Field(() => Int, { description: 'Subjects that were absent at `from`.' })
  get entered(): number {
    return this.count('ENTER');
  }

  @Field(() => Int, { description: 'Subjects that are absent at `to`.' })
  get left(): number {
    return this.count('LEAVE');
  }

  @Field(() => MoverConnection, { description: 'The subjects whose level differs, in order of registration.' })
  movers(
    @Arg('direction', () => [Direction], { nullable: true, description: 'Only those that went one of these ways.' })
    directions: DirectionName[] | null,
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
  ): InstanceType<typeof MoverConnection> {
    const { to } = this.compared;
    const movers = this.result.standings.filter(
      ({ direction }) => direction !== null && (directions == null || directions.includes(direction)),
    );
    const digest = digestOf([this.digest, directions]);
    const cursors = continuationWithin(to, page, 'movers', digest);
    const cursor = { list: 'movers', digest, order: '', asOf: to.asOf, position: to.position };
    const bounds = { after: cursors.after?.[0] ?? null, before: null };
    const list = { items: movers, keyOf: ({ subject }: Standing) => subject.key, cursor, moment: new Moment(to) };
    return new MoverConnection(cutPage(list, page, bounds, (standing) => new Mover(standing, this.compared)));
  }

  private count(direction: DirectionName | null): number {
    return this.result.standings.filter((standing) => standing.direction === direction).length;
  }
}
