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
    private readonly members: readonly ComparedSubject[],
    private readonly scope: ComparisonScope,
    private readonly digest: string,
  ) {}

  private get first(): ComparedSubject {
    return this.members[0] as ComparedSubject;
  }

  @Field(() => Level, { nullable: true, description: 'The level at `from`.' })
  get from(): Level | null {
    return this.first.from === null ? null : new Level(this.scope.scale.level(this.first.from));
  }

  @Field(() => Level, { nullable: true, description: 'The level at `to`.' })
  get to(): Level | null {
    return this.first.to === null ? null : new Level(this.scope.scale.level(this.first.to));
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
    const comparedById = new Map(this.members.map((comparedSubject) => [comparedSubject.subject.id, comparedSubject]));
    const subjects = this.members.map(({ subject }) => subject);
    const result = pageByRegistration(subjects, frame, page, this.scope.to, (subject) =>
      toComparedSubject(comparedById.get(subject.id) as ComparedSubject, this.scope),
    );
    context.countNodes(result.entries.length);
    return new SubjectConnection(result);
  }
}
