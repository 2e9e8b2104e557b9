import { Arg, Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import type { StoredEvent } from '../../events/envelope.js';
import { leafHash } from '../../src/proofs/merkle/leaf-hash.js';
import type { Moment } from '../../src/time/moment.js';
import { Actor } from './actor.js';
import type { Context } from '../context.js';
import type { GlobalId } from '../nodes/global-id.js';
import { Node } from '../nodes/node.js';
import { InclusionProof, TREE_SIZE, inclusionProofOf } from './inclusion-proof.js';
import { DateTimeScalar, GraphQLJSON, PositionScalar } from '../scalars.js';
import { eventAtPosition } from './loaders.js';

/** The field `subject` stands in subjects/subject-of-event.ts, because an event does not know what a subject is. */
@ObjectType({
  implements: Node,
  description:
    'Something that was recorded. Events are the truth of this product: everything else is derived from them, and none ever changes.',
})
export class Event extends Node {
  constructor(
    readonly stored: StoredEvent,
    /** The moment to answer its subject at; null: the request's present. */
    readonly seenFrom: Moment | null,
  ) {
    super();
  }

  protected override get globalId(): GlobalId {
    return { type: 'Event', id: this.stored.id };
  }

  @Field(() => PositionScalar, {
    description: 'Its place in the log, without gaps from 1. The leaf index in the Merkle tree is one less.',
  })
  get position(): number {
    return this.stored.position;
  }

  @Field(() => String, { description: 'The stream that it belongs to: one per subject, such as `region-zeeland`.' })
  get stream(): string {
    return this.stored.stream;
  }

  @Field(() => Int, { description: 'Its place in the stream, without gaps from 0.' })
  get revision(): number {
    return this.stored.revision;
  }

  @Field(() => String, { description: 'What kind of thing happened, such as `StatusStated`.' })
  get type(): string {
    return this.stored.type;
  }

  @Field(() => Int, { description: 'The version of the schema that its data was stored in.' })
  get schemaVersion(): number {
    return this.stored.schemaVersion;
  }

  @Field(() => DateTimeScalar, {
    description: 'System time: the instant that knownAt is compared with. It never decreases along the log.',
  })
  get recordedAt(): string {
    return this.stored.recordedAt;
  }

  @Field(() => DateTimeScalar, {
    description: 'The store’s clock at the first append. It differs from recordedAt only for imported history.',
  })
  get appendedAt(): string {
    return this.stored.appendedAt;
  }

  @Field(() => Actor, { nullable: true, description: 'Who recorded it.' })
  get recordedBy(): Actor {
    return new Actor(this.stored.actor);
  }

  @Field(() => ID, { description: 'Shared by everything that was recorded for one request.' })
  get correlationId(): string {
    return this.stored.correlationId;
  }

  @Field(() => ID, { nullable: true, description: 'The event or request that led to this one, where that is known.' })
  get causationId(): string | null {
    return this.stored.causationId;
  }

  @Field(() => GraphQLJSON, {
    description: 'What happened, in the form of its type and schema version, exactly as stored.',
  })
  get data(): unknown {
    return this.stored.data;
  }

  @Field(() => String, {
    description:
      'The RFC 6962 leaf hash, in hexadecimal: SHA-256 of a zero byte and the RFC 8785 JSON of the event as stored.',
  })
  get hash(): string {
    return leafHash(this.stored).toString('hex');
  }

  @Field(() => InclusionProof, {
    description: 'Proves that the event is in the log. Also of each event that an explanation or an audit names.',
  })
  inclusionProof(
    @Arg('treeSize', () => PositionScalar, { nullable: true, description: TREE_SIZE }) treeSize: number | null,
    @Ctx() context: Context,
  ): Promise<InclusionProof> {
    return inclusionProofOf(this.stored, treeSize, context);
  }
}

/** The event at a position that the read models refer to. */
export async function eventAt(position: number, context: Context, seenFrom: Moment | null = null): Promise<Event> {
  context.countNodes(1);
  const stored = await eventAtPosition(position, context);
  if (!stored) throw new Error(`The log has no event at position ${position}, which the read models refer to.`);
  return new Event(stored, seenFrom);
}
