import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import type { ComparedSubject } from '../../projections/tabulation/comparison.js';
import { type ComparisonScope, toComparedSubject } from './comparison-scope.js';
import { ForwardPageArguments } from '../paging/connection.js';
import type { Context } from '../context.js';
import { Level } from '../scales/scale.js';
import { SubjectConnection } from '../subjects/to-subject.js';
import { pageByRegistration } from '../subjects/subject-lists.js';

@ObjectType({
  description: 'How many subjects went from one level to another, or stayed. A null level: absent on that side.',
})
export class Transition {
  constructor(
    /** The levels of its members on both sides; null is absent. */
    private readonly levels: Pick<ComparedSubject, 'from' | 'to'>,
    private readonly members: readonly ComparedSubject[],
    private readonly scope: ComparisonScope,
    private readonly digest: string,
  ) {}

  @Field(() => Level, { nullable: true, description: 'The level at `from`.' })
  get from(): Level | null {
    return this.levels.from === null ? null : new Level(this.scope.scale.level(this.levels.from));
  }

  @Field(() => Level, { nullable: true, description: 'The level at `to`.' })
  get to(): Level | null {
    return this.levels.to === null ? null : new Level(this.scope.scale.level(this.levels.to));
  }

  @Field(() => Int, { description: 'How many subjects.' })
  get count(): number {
    return this.members.length;
  }

  @Field(() => SubjectConnection, { description: 'The subjects, at `to`, in order of registration.' })
  subjects(
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Ctx() context: Context,
  ): InstanceType<typeof SubjectConnection> {
    const frame = { list: 'transition', digest: this.digest };
    const idOf = ({ subject }: ComparedSubject): number => subject.id;
    const subjects = pageByRegistration(this.members, idOf, frame, page, this.scope.to, (member) =>
      toComparedSubject(member, this.scope),
    );
    context.countNodes(subjects.entries.length);
    return new SubjectConnection(subjects);
  }
}
