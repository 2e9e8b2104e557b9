import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { JustifiedStreamInput, evidenceOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({
  description: 'The erasure of who an actor is. What the actor recorded stays, under an id that names nobody.',
})
export class EraseActorInput extends JustifiedStreamInput {
  @Field(() => ID, { description: 'Id of the actor.' })
  actor!: string;
}

@Resolver()
export class EraseActor {
  @Mutation(() => RecordResult, {
    description:
      'Erases who an actor is from the vault beside the log, and records that this was done. For administrators.',
  })
  eraseActor(
    @Arg('input', () => EraseActorInput, inputArgument) input: EraseActorInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { actor, reason, evidence } = input;
    return record(context, 'ERASE_ACTOR', input, (): Command => ({
      kind: 'ERASE_ACTOR',
      actor,
      reason,
      evidence: evidenceOf(evidence),
    }));
  }
}
