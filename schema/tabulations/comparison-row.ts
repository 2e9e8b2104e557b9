import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { LevelBalance } from '../../projections/tabulation/comparison.js';
import type { ComparisonScope } from './comparison-scope.js';
import { Level } from '../scales/scale.js';

@ObjectType({
  description: 'One level of a comparison: how many subjects had it before and after, and why the two differ.',
})
export class ComparisonRow {
  constructor(
    private readonly balance: LevelBalance,
    private readonly scope: ComparisonScope,
    private readonly totals: { readonly before: number; readonly after: number },
  ) {}

  @Field(() => Level, { description: 'The level.' })
  get level(): Level {
    return new Level(this.scope.scale.level(this.balance.level));
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
