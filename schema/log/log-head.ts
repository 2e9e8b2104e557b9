import { Field, ObjectType } from 'type-graphql';
import type { VerifiedCheckpoint } from '../../src/proofs/checkpoints/verify-checkpoint.js';
import { PositionScalar } from '../scalars.js';

@ObjectType({
  description:
    'A state of the whole log, signed: how many events there are, and the root of the Merkle tree over them.',
  simpleResolvers: true,
})
export class LogHead {
  constructor({ origin, size, root, note }: VerifiedCheckpoint) {
    this.origin = origin;
    this.size = size;
    this.rootHash = root.toString('hex');
    this.checkpoint = note;
  }

  @Field(() => String, { description: 'The name of the log, and of the key that it signs with.' })
  readonly origin: string;

  @Field(() => PositionScalar, { description: 'How many events there are: the position of the last one.' })
  readonly size: number;

  @Field(() => String, { description: 'The root of the RFC 6962 tree over them, in hexadecimal.' })
  readonly rootHash: string;

  @Field(() => String, {
    description:
      'Exactly this size and root as a C2SP tlog-checkpoint: a signed note (Ed25519) that is verified offline with the log’s public key. Keep it: every later state of the log must be consistent with it.',
  })
  readonly checkpoint: string;
}
