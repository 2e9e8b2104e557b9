import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { decodeId } from '../nodes/global-id.js';
import { LogHead } from './log-head.js';
import { ConsistencyProof, consistencyProofOf } from './consistency-proof.js';
import { InclusionProof, TREE_SIZE, inclusionProofOf } from './inclusion-proof.js';
import { PositionScalar } from '../scalars.js';

@Resolver()
export class ProofQueries {
  @Query(() => LogHead, {
    description:
      'The log as it is now, signed. A state is signed once, when it is first asked for, a period is published, or the schedule says so; while very many ask at once, the newest state that was signed is answered. LOG_CONTRADICTED where the log is not what was signed before: then nothing is signed.',
  })
  async logHead(@Ctx() { signer, caching }: Context): Promise<LogHead> {
    caching.dependsOn('HEAD');
    return new LogHead(await signer.head());
  }

  @Query(() => InclusionProof, { description: 'Proves that an event is in the log. UNKNOWN_EVENT where it is not.' })
  async inclusionProof(
    @Arg('eventId', () => ID, { description: 'The event’s id.' }) eventId: string,
    @Arg('treeSize', () => PositionScalar, { nullable: true, description: TREE_SIZE }) treeSize: number | null,
    @Ctx() context: Context,
  ): Promise<InclusionProof> {
    context.caching.dependsOn('HEAD');
    const named = decodeId(eventId, 'eventId');
    if (named.type !== 'Event') {
      throw new RequestError('INVALID_ID', 'eventId', `'${eventId}' is the id of a ${named.type}, not of an event.`);
    }
    const [stored] = await context.log.byIds([named.id]);
    if (!stored) throw new RequestError('UNKNOWN_EVENT', 'eventId', `The log has no event '${eventId}'.`);
    return inclusionProofOf(stored, treeSize, context);
  }

  @Query(() => ConsistencyProof, {
    description:
      'Proves that the log only grew from one size to another: nothing was changed, removed or put in between.',
  })
  async consistencyProof(
    @Arg('first', () => PositionScalar, { description: 'The size of the earlier tree, as in a checkpoint.' })
    first: number,
    @Arg('second', () => PositionScalar, { description: 'The size of the later tree.' }) second: number,
    @Ctx() context: Context,
  ): Promise<ConsistencyProof> {
    context.caching.dependsOn('HEAD');
    return consistencyProofOf(first, second, context);
  }
}
