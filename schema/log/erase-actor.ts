import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { eraseActor } from '../../src/authority/erase-actor.js';
import type { EraseActor as EraseActorCommand } from '../../src/commands/erase-actor.js';
import { execute, type Outcome } from '../../src/commands/execution/execute.js';
import type { Request } from '../../src/commands/execution/request.js';
import type { Context } from '../context.js';
import { JustifiedStreamInput, evidenceOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { InputReferenceError } from '../recording/references.js';
import { NotFound, RecordResult } from '../recording/record-result.js';

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
    const readCommand = (): EraseActorCommand => ({
      kind: 'ERASE_ACTOR',
      actor,
      reason,
      evidence: evidenceOf(evidence),
    });
    return record(context, 'ERASE_ACTOR', input, readCommand, (request) => eraseFromVaultAndRecord(request, context));
  }
}

async function eraseFromVaultAndRecord(
  request: Request & { readonly command: EraseActorCommand },
  { vault, recorder }: Context,
): Promise<Outcome> {
  const outcome = await eraseActor(request, vault, (each) => execute(each, recorder));
  if (outcome.kind !== 'UNKNOWN_ACTOR') return outcome;
  throw new InputReferenceError(new NotFound('UNKNOWN_ACTOR', 'Nobody is known under this id.'));
}
