import { Arg, Args, Field, Int, ObjectType } from 'type-graphql';
import type { ScaleComparison, ComparedSubject } from '../../projections/tabulation/comparison.js';
import type { ComparisonScope } from './comparison-scope.js';
import { ComparisonRow } from './comparison-row.js';
import { ForwardPageArguments } from '../paging/connection.js';
import { continuationWithin } from '../paging/continuation.js';
import { digestOf } from '../paging/cursor.js';
import { Direction } from '../statuses/direction.js';
import { Moment } from '../moments/moment.js';
import { hasMoved, Mover, MoverConnection } from './mover.js';
import { cutPage } from '../paging/page.js';
import { Scale } from '../scales/scale.js';
import { Transition } from './transition.js';

type DirectionName = keyof typeof Direction;

@ObjectType({ description: 'One scale at two moments: what moved, and what was only learned later.' })
export class Comparison {
  constructor(
    private readonly result: ScaleComparison,
    private readonly scope: ComparisonScope,
    private readonly digest: string,
  ) {}

  @Field(() => Scale, { description: 'The scale, as known at `to`, or at `from` where that knows more.' })
  get scale(): Scale {
    return new Scale(this.scope.scale, this.scope.newest);
  }

  @Field(() => Moment, { description: 'The moment compared with.' })
  get from(): Moment {
    return new Moment(this.scope.from);
  }

  @Field(() => Moment, { description: 'The moment compared.' })
  get to(): Moment {
    return new Moment(this.scope.to);
  }

  @Field(() => [ComparisonRow], { description: 'One row per level, in the order of the scale.' })
  get rows(): ComparisonRow[] {
    const { rows } = this.result;
    const totals = {
      before: rows.reduce((sum, { before }) => sum + before, 0),
      after: rows.reduce((sum, { after }) => sum + after, 0),
    };
    return rows.map((row) => new ComparisonRow(row, this.scope, totals));
  }

  @Field(() => [Transition], {
    description: 'The pairs of levels that occur, in the order of the scale; absence comes last.',
  })
  get transitions(): Transition[] {
    const places = new Map(this.result.rows.map(({ level }, index) => [level, index]));
    const place = (level: string | null): number => (level === null ? places.size : (places.get(level) ?? places.size));
    const groups = Map.groupBy(this.result.subjects, ({ from, to }) => place(from) * (places.size + 1) + place(to));
    return [...groups]
      .sort(([one], [other]) => one - other)
      .flatMap(([, members]) => (members[0] ? new Transition(members[0], members, this.scope, this.digest) : []));
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
    const { to } = this.scope;
    const movers = this.result.subjects
      .filter(hasMoved)
      .filter(({ direction }) => directions == null || directions.includes(direction));
    const digest = digestOf([this.digest, directions]);
    const cursors = continuationWithin(to, page, 'movers', digest);
    const cursor = { list: 'movers', digest, order: '', asOf: to.asOf, position: to.position };
    const bounds = { after: cursors.after?.[0] ?? null, before: null };
    const list = {
      items: movers,
      keyOf: ({ subject }: ComparedSubject) => subject.key,
      cursor,
      moment: new Moment(to),
    };
    return new MoverConnection(
      cutPage(list, page, bounds, (comparedSubject) => new Mover(comparedSubject, this.scope)),
    );
  }

  private count(direction: DirectionName | null): number {
    return this.result.subjects.filter((comparedSubject) => comparedSubject.direction === direction).length;
  }
}
