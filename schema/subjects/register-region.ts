import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { NEW_KEY, REGISTERED_ON, ReasonedInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({ description: 'A new region.' })
export class RegisterRegionInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => String, { description: 'Its name from that date on.' })
  name!: string;

  @Field(() => DateScalar, { description: REGISTERED_ON })
  registeredOn!: string;

  @Field(() => ID, { nullable: true, description: 'Key of the region that it is a subregion of.' })
  parent?: string | null;

  @Field(() => ID, { nullable: true, description: 'Key of the organisation that holds the concession.' })
  careOffice?: string | null;
}

@Resolver()
export class RegisterRegion {
  @Mutation(() => RecordResult, {
    description: 'Registers a region, with its name, and its parent and care office where given. For recorders.',
  })
  registerRegion(
    @Arg('input', () => RegisterRegionInput, inputArgument) input: RegisterRegionInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { key, name, registeredOn, parent, careOffice } = input;
    return record(context, 'REGISTER_REGION', input, (): Command => ({
      kind: 'REGISTER_REGION',
      key,
      name,
      registeredOn,
      parent: parent ?? null,
      careOffice: careOffice ?? null,
      ...groundsOf(input),
    }));
  }
}
