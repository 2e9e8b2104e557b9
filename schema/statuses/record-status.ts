import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { SUBJECT_ID, StreamInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { subjectStream } from '../recording/references.js';
import { Basis } from './basis.js';

@InputType({ description: 'A statement: the subject has this level on this scale from this date on.' })
export class RecordStatusInput extends StreamInput {
  @Field(() => ID, { description: SUBJECT_ID })
  subject!: string;

  @Field(() => ID, { description: 'Key of the scale; `care-office`, `parent` and `regions` too.' })
  scale!: string;

  @Field(() => ID, {
    description:
      'Key of the level. On `care-office` and `parent` the key of the organisation or region; on `regions` keys of regions, separated by commas.',
  })
  level!: string;

  @Field(() => DateScalar, {
    description:
      'The first date on which it is stated to hold. It may lie before statements known already, and then leaves those as they are.',
  })
  effectiveOn!: string;

  @Field(() => Basis, { nullable: true, defaultValue: Basis.OBSERVED, description: 'How it is known.' })
  basis?: keyof typeof Basis | null;
}

@Resolver()
export class RecordStatus {
  @Mutation(() => RecordResult, {
    description:
      'States that a subject has a level on a scale from a date on. A move down an ordinal scale needs a reason. For recorders.',
  })
  recordStatus(
    @Arg('input', () => RecordStatusInput, inputArgument) input: RecordStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { scale, level, effectiveOn, basis } = input;
    return record(context, 'RECORD_STATUS', input, (): Command => ({
      kind: 'RECORD_STATUS',
      stream: subjectStream(input.subject),
      scale,
      level,
      effectiveOn,
      basis: basis ?? 'OBSERVED',
      ...groundsOf(input),
    }));
  }
}
