import { Field, Int, ObjectType } from 'type-graphql';
import type { BasisCountView } from '../../projections/tabulation/basis.js';
import { Basis } from '../statuses/basis.js';

@ObjectType({ description: 'How many of the subjects counted rest on this basis.', simpleResolvers: true })
export class BasisCount {
  constructor({ basis, count }: BasisCountView) {
    this.basis = basis;
    this.count = count;
  }

  @Field(() => Basis, { description: 'How their statuses are known.' })
  readonly basis: keyof typeof Basis;

  @Field(() => Int, { description: 'How many.' })
  readonly count: number;
}

export const toBasisCounts = (counts: readonly BasisCountView[]): BasisCount[] =>
  counts.map((count) => new BasisCount(count));
