import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { organisationStream } from '../../events/subjects.js';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { DateScalar } from '../scalars.js';
import { StreamInput, groundsOf, inputArgument } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';

@InputType({ description: 'Another name for an organisation from a date on.' })
export class RenameOrganisationInput extends StreamInput {
  @Field(() => ID, { description: 'Its key.' })
  organisation!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The first date on which it bears the name.' })
  effectiveOn!: string;
}

@Resolver()
export class RenameOrganisation {
  @Mutation(() => RecordResult, { description: 'Gives an organisation another name from a date on. For recorders.' })
  renameOrganisation(
    @Arg('input', () => RenameOrganisationInput, inputArgument) input: RenameOrganisationInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { organisation, name, effectiveOn } = input;
    return record(context, 'RENAME', input, (): Command => ({
      kind: 'RENAME',
      stream: organisationStream(organisation),
      name,
      effectiveOn,
      ...groundsOf(input),
    }));
  }
}
