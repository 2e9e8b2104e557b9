import { Ctx, Field, ObjectType } from 'type-graphql';
import { rootAt } from '../../src/proofs/merkle/root.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';
import { checkpointCovering, subtreeHashesOf } from './loaders.js';

@ObjectType({
  description:
    'The Merkle tree (RFC 6962) over the beginning of the log: its root stands for every event up to there, and for their order. Where another root is found at the same size, something was changed.',
})
export class LogTree {
  constructor(private readonly position: number) {}

  @Field(() => PositionScalar, { description: 'How many events it is over: those from the first up to this position.' })
  get size(): number {
    return this.position;
  }

  @Field(() => String, { description: 'The root of the tree, in hexadecimal.' })
  async rootHash(@Ctx() context: Context): Promise<string> {
    return (await rootAt(this.position, subtreeHashesOf(context))).toString('hex');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The first signed checkpoint that covers it, of this size or a greater one: `consistencyProof` leads from here to there. Null: nothing was signed since.',
  })
  async checkpoint(@Ctx() context: Context): Promise<string | null> {
    context.countNodes(1);
    const covering = await checkpointCovering(this.position, context);
    // A checkpoint that covers the tree may be signed later. Once there is one, it stays the first.
    if (covering === null) context.caching.dependsOn('HEAD');
    return covering?.note ?? null;
  }
}
