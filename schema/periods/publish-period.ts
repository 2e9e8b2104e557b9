import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { StreamInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({
  description: 'The publication of a period: it pins the log as it is, and keeps the counts as they are rebuilt now.',
})
export class PublishPeriodInput extends StreamInput {
  @Field(() => ID, { description: 'Key of the period.' })
  period!: string;
}

@Resolver()
export class PublishPeriod {
  @Mutation(() => RecordResult, {
    description:
      'Publishes a period: pins the log as it is, and keeps the counts as they are rebuilt now. A second publication never moves the first. For publishers.',
  })
  publishPeriod(
    @Arg('input', () => PublishPeriodInput, inputArgument) input: PublishPeriodInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { period } = input;
    return record(context, 'PUBLISH_PERIOD', input, (): Command => ({
      kind: 'PUBLISH_PERIOD',
      period,
      cells: null,
      ...groundsOf(input),
    }));
  }
}
