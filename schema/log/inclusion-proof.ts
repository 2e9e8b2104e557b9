import { Ctx, Field, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import { inclusionPath } from '../../src/proofs/merkle/inclusion.js';
import { rootAt } from '../../src/proofs/merkle/root.js';
import { formatTlogProof } from '../../src/proofs/notes/tlog-proof.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';
import { checkpointOfSize, headPosition, newestCheckpoint, subtreeHashesOf } from './loaders.js';
import { checkTreeSize, inHex } from './tree-size.js';

@ObjectType({
  description:
    'That an event is in the log: from the hash of its leaf the path leads to the root of the tree (RFC 6962 section 2.1.1). All hashes in hexadecimal.',
})
export class InclusionProof {
  constructor(
    private readonly event: StoredEvent,
    private readonly size: number,
    private readonly hashes: readonly Buffer[],
  ) {}

  @Field(() => PositionScalar, {
    description: 'The place of the event in the tree, counted from 0: its position less one.',
  })
  get leafIndex(): number {
    return this.event.position - 1;
  }

  @Field(() => PositionScalar, { description: 'How many events the tree is over.' })
  get treeSize(): number {
    return this.size;
  }

  @Field(() => String, {
    description: 'The hash of the event as it is stored, as in `Event.hash`: whoever has the event computes it anew.',
  })
  get leafHash(): string {
    return leafHash(this.event).toString('hex');
  }

  @Field(() => [String], {
    description:
      'The hashes on the way from the leaf to the root, the one next to the leaf first. Empty in a tree of one.',
  })
  get path(): string[] {
    return inHex(this.hashes);
  }

  @Field(() => String, {
    description: 'What the path leads to: the root of the tree. Believe it only of a signed checkpoint of that size.',
  })
  async rootHash(@Ctx() context: Context): Promise<string> {
    return (await rootAt(this.size, subtreeHashesOf(context))).toString('hex');
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The same proof with the signed checkpoint in one text, as C2SP tlog-proof has it, to be kept and verified offline. Null where no checkpoint of exactly this size was signed.',
  })
  async tlogProof(@Ctx() context: Context): Promise<string | null> {
    context.countNodes(1);
    const signed = await checkpointOfSize(this.size, context);
    if (signed === null) context.caching.dependsOn('HEAD');
    return signed && formatTlogProof({ index: this.leafIndex, path: this.hashes, checkpoint: signed.note });
  }
}

export const TREE_SIZE =
  'In the tree over so many events. Default: the newest checkpoint that was signed, if it covers the event; else all events.';

/** Proves that an event is in the tree of a size. @throws {RequestError} */
export async function inclusionProofOf(
  event: StoredEvent,
  treeSize: number | null | undefined,
  context: Context,
): Promise<InclusionProof> {
  const { position } = event;
  const size = treeSize ?? (await sizeCovering(position, context));
  await checkTreeSize(size, 'treeSize', context);
  if (size < position) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'treeSize',
      `The tree of ${size} events does not cover the event at position ${position}. Ask for ${position} or more.`,
    );
  }
  const path = await inclusionPath(position - 1, size, subtreeHashesOf(context));
  // Each hash of the path counts as a node of the answer.
  context.countNodes(1 + path.length);
  return new InclusionProof(event, size, path);
}

async function sizeCovering(position: number, context: Context): Promise<number> {
  context.caching.dependsOn('HEAD');
  const newest = await newestCheckpoint(context);
  return newest !== null && newest.size >= position ? newest.size : headPosition(context);
}
