import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { JustifiedStreamInput, evidenceOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { namedEvent } from '../recording/references.js';
import { Basis } from './basis.js';

@InputType({
  description: 'A correction of a statement: what is not given stays as it was. At least one thing must change.',
})
export class CorrectStatusInput extends JustifiedStreamInput {
  @Field(() => ID, { description: 'Id of the event that made the statement, or of its latest correction.' })
  event!: string;

  @Field(() => ID, { nullable: true, description: 'The right level; on the reserved scales the value: a name, a key.' })
  level?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The right date.' })
  effectiveOn?: string | null;

  @Field(() => Basis, { nullable: true, description: 'How it is really known.' })
  basis?: keyof typeof Basis | null;
}

@Resolver()
export class CorrectStatus {
  @Mutation(() => RecordResult, {
    description:
      'Corrects a statement: a status, and also a registration, a name, a care office, a parent, a retirement. For recorders.',
  })
  correctStatus(
    @Arg('input', () => CorrectStatusInput, inputArgument) input: CorrectStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { event, level, effectiveOn, basis, reason, evidence } = input;
    return record(context, 'CORRECT_STATUS', input, async (): Promise<Command> => ({
      kind: 'CORRECT_STATUS',
      target: await namedEvent(event, context),
      level: level ?? null,
      effectiveOn: effectiveOn ?? null,
      basis: basis ?? null,
      evidence: evidence ? evidenceOf(evidence) : null,
      reason,
    }));
  }
}
