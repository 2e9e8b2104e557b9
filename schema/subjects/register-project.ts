import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { NEW_KEY, REGISTERED_ON, ReasonedInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({ description: 'A new project.' })
export class RegisterProjectInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => String, { description: 'Its name from that date on.' })
  name!: string;

  @Field(() => DateScalar, { description: REGISTERED_ON })
  registeredOn!: string;

  @Field(() => [ID], { nullable: true, description: 'Keys of the regions that carry it out, where they are known.' })
  regions?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Key of the organisation that it is registered with.' })
  careOffice?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  summary?: string | null;
}

@Resolver()
export class RegisterProject {
  @Mutation(() => RecordResult, {
    description: 'Registers a project, with its name, and its regions and care office where given. For recorders.',
  })
  registerProject(
    @Arg('input', () => RegisterProjectInput, inputArgument) input: RegisterProjectInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { key, name, registeredOn, regions, careOffice, summary } = input;
    return record(context, 'REGISTER_PROJECT', input, (): Command => ({
      kind: 'REGISTER_PROJECT',
      key,
      name,
      registeredOn,
      regions: regions ?? [],
      careOffice: careOffice ?? null,
      summary: summary ?? null,
      ...groundsOf(input),
    }));
  }
}
