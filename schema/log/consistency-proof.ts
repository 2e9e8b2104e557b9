import { Ctx, Field, ObjectType } from 'type-graphql';
import { consistencyPath } from '../../src/proofs/merkle/consistency.js';
import { rootAt } from '../../src/proofs/merkle/root.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';
import { subtreeHashesOf } from './loaders.js';
import { checkTreeSize, inHex } from './tree-size.js';

@ObjectType({
  description:
    'That the log only grew from one size to another: the later tree begins with the earlier one (RFC 6962 section 2.1.2). All hashes in hexadecimal.',
  simpleResolvers: true,
})
export class ConsistencyProof {
  constructor(first: number, second: number, path: readonly Buffer[]) {
    this.first = first;
    this.second = second;
    this.path = inHex(path);
  }

  @Field(() => PositionScalar, { description: 'The size of the earlier tree.' })
  readonly first: number;

  @Field(() => PositionScalar, { description: 'The size of the later tree.' })
  readonly second: number;

  @Field(() => [String], {
    description:
      'What the root of either tree is computed from. Empty where nothing has to be proven: from a tree to itself, and from the one without events.',
  })
  readonly path: readonly string[];

  @Field(() => String, {
    simple: false,
    description: 'The root of the earlier tree. Believe it only of a signed checkpoint of that size.',
  })
  firstRootHash(@Ctx() context: Context): Promise<string> {
    return rootAt(this.first, subtreeHashesOf(context)).then((root) => root.toString('hex'));
  }

  @Field(() => String, {
    simple: false,
    description: 'The root of the later tree. Believe it only of a signed checkpoint of that size.',
  })
  secondRootHash(@Ctx() context: Context): Promise<string> {
    return rootAt(this.second, subtreeHashesOf(context)).then((root) => root.toString('hex'));
  }
}

/** Proves that the log only grew between two sizes. @throws {RequestError} */
export async function consistencyProofOf(first: number, second: number, context: Context): Promise<ConsistencyProof> {
  await checkTreeSize(second, 'second', context);
  if (first > second) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'first',
      `The earlier tree, of ${first} events, is greater than the later one, of ${second}. Give the smaller size first.`,
    );
  }
  return new ConsistencyProof(first, second, await consistencyPath(first, second, subtreeHashesOf(context)));
}
