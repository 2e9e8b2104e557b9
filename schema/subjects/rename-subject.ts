import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { SUBJECT_ID, StreamInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { subjectStream } from '../recording/references.js';

@InputType({ description: 'Another name for a region or project from a date on.' })
export class RenameSubjectInput extends StreamInput {
  @Field(() => ID, { description: SUBJECT_ID })
  subject!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The first date on which it bears the name.' })
  effectiveOn!: string;
}

@Resolver()
export class RenameSubject {
  @Mutation(() => RecordResult, {
    description: 'Gives a region or project another name from a date on. For recorders.',
  })
  renameSubject(
    @Arg('input', () => RenameSubjectInput, inputArgument) input: RenameSubjectInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { name, effectiveOn } = input;
    return record(context, 'RENAME', input, (): Command => ({
      kind: 'RENAME',
      stream: subjectStream(input.subject),
      name,
      effectiveOn,
      ...groundsOf(input),
    }));
  }
}
