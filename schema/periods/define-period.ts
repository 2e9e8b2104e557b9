import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { LabelInput, NEW_KEY, ReasonedInput, groundsOf, inputArgument, labelOf } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({ description: 'A new reporting period.' })
export class DefinePeriodInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => LabelInput, { description: 'What it is called.' })
  label!: LabelInput;

  @Field(() => DateScalar, { description: 'The date that its figures are about (peildatum). It never changes.' })
  referenceDate!: string;
}

@Resolver()
export class DefinePeriod {
  @Mutation(() => RecordResult, { description: 'Defines a reporting period. For publishers.' })
  definePeriod(
    @Arg('input', () => DefinePeriodInput, inputArgument) input: DefinePeriodInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { key, label, referenceDate } = input;
    return record(context, 'DEFINE_PERIOD', input, (): Command => ({
      kind: 'DEFINE_PERIOD',
      key,
      label: labelOf(label),
      referenceDate,
      ...groundsOf(input),
    }));
  }
}
