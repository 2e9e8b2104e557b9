import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { expectedRevisionField, inputArgument, revisionType } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { namedEvent } from '../recording/references.js';

@InputType({
  description:
    'The withdrawal of a statement. No older version revives: to say the old thing again is a new statement.',
})
export class WithdrawStatusInput {
  @Field(() => ID, { description: 'Id of the event that made the statement, or of its latest correction.' })
  event!: string;

  @Field(() => String, { description: 'Why. No place for personal data: what is recorded stays.' })
  reason!: string;

  @Field(() => ID, { nullable: true, description: 'A name for this request, of your making. See the other inputs.' })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Decide, and record nothing.' })
  validateOnly?: boolean | null;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@Resolver()
export class WithdrawStatus {
  @Mutation(() => RecordResult, { description: 'Withdraws a statement of any kind. For recorders.' })
  withdrawStatus(
    @Arg('input', () => WithdrawStatusInput, inputArgument) input: WithdrawStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { event, reason } = input;
    return record(context, 'WITHDRAW_STATUS', input, async (): Promise<Command> => ({
      kind: 'WITHDRAW_STATUS',
      target: await namedEvent(event, context),
      reason,
    }));
  }
}
