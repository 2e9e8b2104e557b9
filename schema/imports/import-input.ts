import { Field, ID, InputType } from 'type-graphql';
import { Basis } from '../statuses/basis.js';
import { DateScalar } from '../scalars.js';
import { EvidenceInput } from '../recording/common-inputs.js';

/** The most rows of one request. `peildatum import` reads longer imports from a file. */
export const MAX_IMPORT_ROW_COUNT = 5_000;

@InputType({ description: 'One statement of many: the subject has this level on this scale from this date on.' })
export class ImportRowInput {
  @Field(() => ID, { description: 'Id of the region or project, of any moment.' })
  subject!: string;

  @Field(() => ID, { description: 'Key of the scale; `care-office`, `parent` and `regions` too.' })
  scale!: string;

  @Field(() => ID, { description: 'Key of the level, as in `recordStatus`.' })
  level!: string;

  @Field(() => DateScalar, { description: 'The first date on which it is stated to hold.' })
  effectiveOn!: string;

  @Field(() => Basis, { nullable: true, defaultValue: Basis.OBSERVED, description: 'How it is known.' })
  basis?: keyof typeof Basis | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why. Needed for a fall on an ordinal scale, and where another level is stated of this very date: the row corrects that statement. No place for personal data: what is recorded stays.',
  })
  reason?: string | null;

  @Field(() => [EvidenceInput], { nullable: true, description: 'Where it can be checked: up to 20 sources.' })
  evidence?: EvidenceInput[] | null;
}

@InputType({ description: 'Many statements at once.' })
export class ImportStatusesInput {
  @Field(() => [ImportRowInput], {
    description: `The statements, in any order: up to ${MAX_IMPORT_ROW_COUNT}. Two rows must not be about the same subject, scale and date.`,
  })
  rows!: ImportRowInput[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Record the rows that are not refused. Default: all of them, or nothing.',
  })
  partial?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Take a level that holds already for unchanged, whenever it was stated. Default: only where it was stated of this very date; else it is recorded anew, as confirmed on this date.',
  })
  changesOnly?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'A name for this request, of your making. Sent again with the same content it gets the first answer, for ever; with other content a Conflict. Up to 200 characters. A request that records nothing binds no key.',
  })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Decide, and record nothing: a dry run.' })
  validateOnly?: boolean | null;
}
