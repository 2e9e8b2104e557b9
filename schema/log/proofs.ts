import { Ctx, Field, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import { consistencyPath } from '../../src/proofs/merkle/consistency.js';
import { inclusionPath } from '../../src/proofs/merkle/inclusion.js';
import { rootAt } from '../../src/proofs/merkle/root.js';
import { formatTlogProof } from '../../src/proofs/notes/tlog-proof.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { PositionScalar } from '../scalars.js';
import { headPosition, subtreeHashesOf, newestCheckpoint, checkpointOfSize } from './loaders.js';

const inHex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

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

/** @throws {RequestError} for a size that the log has not reached */
async function checkSize(size: number, argument: string, context: Context): Promise<void> {
  const head = await headPosition(context);
  if (size <= head) return;
  throw new RequestError(
    'POSITION_BEYOND_HEAD',
    argument,
    `The log ends at position ${head}: it has no tree of ${size} events yet. Ask for a size up to ${head}.`,
  );
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
  await checkSize(size, 'treeSize', context);
  if (size < position) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'treeSize',
      `The tree of ${size} events does not cover the event at position ${position}. Ask for ${position} or more.`,
    );
  }
  const path = await inclusionPath(position - 1, size, subtreeHashesOf(context));
  // A hash of the path is about a field of a node.
  context.countNodes(1 + path.length);
  return new InclusionProof(event, size, path);
}

async function sizeCovering(position: number, context: Context): Promise<number> {
  context.caching.dependsOn('HEAD');
  const newest = await newestCheckpoint(context);
  return newest !== null && newest.size >= position ? newest.size : headPosition(context);
}

/** Proves that the log only grew between two sizes. @throws {RequestError} */
export async function consistencyProofOf(first: number, second: number, context: Context): Promise<ConsistencyProof> {
  await checkSize(second, 'second', context);
  if (first > second) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'first',
      `The earlier tree, of ${first} events, is greater than the later one, of ${second}. Give the smaller size first.`,
    );
  }
  return new ConsistencyProof(first, second, await consistencyPath(first, second, subtreeHashesOf(context)));
}
