import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { JustifiedStreamInput, SUBJECT_ID, evidenceOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { subjectStream } from '../recording/references.js';

@InputType({ description: 'The end of a region or project.' })
export class RetireSubjectInput extends JustifiedStreamInput {
  @Field(() => ID, { description: SUBJECT_ID })
  subject!: string;

  @Field(() => DateScalar, { description: 'The first date on which it no longer exists.' })
  retiredOn!: string;
}

@Resolver()
export class RetireSubject {
  @Mutation(() => RecordResult, { description: 'Ends a region or project from a date on. For recorders.' })
  retireSubject(
    @Arg('input', () => RetireSubjectInput, inputArgument) input: RetireSubjectInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { retiredOn, reason, evidence } = input;
    return record(context, 'RETIRE', input, (): Command => ({
      kind: 'RETIRE',
      stream: subjectStream(input.subject),
      retiredOn,
      reason,
      evidence: evidenceOf(evidence),
    }));
  }
}
