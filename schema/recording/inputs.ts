import { Field, ID, InputType } from 'type-graphql';
import { Basis, ScaleKind, SubjectKind } from '../enums.js';
import { DateScalar } from '../scalars.js';
import { expectedRevisionField, LabelInput, ReasonedInput, RecordingInput, revisionType } from './common-inputs.js';

const SUBJECT = 'Id of the region or project, of any moment.';
const REGISTERED = 'The first date of its lifetime.';
const NEW_KEY =
  'The readable name that it will have through all time: letters, digits and single hyphens, such as `arnhem-food-valley`.';

@InputType({ description: 'A new region.' })
export class RegisterRegionInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => String, { description: 'Its name from that date on.' })
  name!: string;

  @Field(() => DateScalar, { description: REGISTERED })
  registeredOn!: string;

  @Field(() => ID, { nullable: true, description: 'Key of the region that it is a subregion of.' })
  parent?: string | null;

  @Field(() => ID, { nullable: true, description: 'Key of the organisation that holds the concession.' })
  careOffice?: string | null;
}

@InputType({ description: 'A new project.' })
export class RegisterProjectInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => String, { description: 'Its name from that date on.' })
  name!: string;

  @Field(() => DateScalar, { description: REGISTERED })
  registeredOn!: string;

  @Field(() => [ID], { nullable: true, description: 'Keys of the regions that carry it out, where they are known.' })
  regions?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Key of the organisation that it is registered with.' })
  careOffice?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  summary?: string | null;
}

@InputType({ description: 'Another name for a region or project from a date on.' })
export class RenameSubjectInput extends ReasonedInput {
  @Field(() => ID, { description: SUBJECT })
  subject!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The first date on which it bears the name.' })
  effectiveOn!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({ description: 'The end of a region or project.' })
export class RetireSubjectInput extends RecordingInput {
  @Field(() => ID, { description: SUBJECT })
  subject!: string;

  @Field(() => DateScalar, { description: 'The first date on which it no longer exists.' })
  retiredOn!: string;

  @Field(() => String, { description: 'Why. No place for personal data: what is recorded stays.' })
  reason!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({ description: 'Another name for an organisation from a date on.' })
export class RenameOrganisationInput extends ReasonedInput {
  @Field(() => ID, { description: 'Its key.' })
  organisation!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The first date on which it bears the name.' })
  effectiveOn!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({ description: 'A level of a scale.' })
export class LevelInput {
  @Field(() => ID, { description: 'The readable name within the scale.' })
  key!: string;

  @Field(() => LabelInput, { description: 'What it is called.' })
  label!: LabelInput;

  @Field(() => LabelInput, { nullable: true, description: 'When it applies.' })
  definition?: LabelInput | null;
}

@InputType({ description: 'A new scale. An ordinal one ranks its levels in the order given, lowest first.' })
export class DefineScaleInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => SubjectKind, { description: 'What it assesses.' })
  subjectKind!: keyof typeof SubjectKind;

  @Field(() => ScaleKind, { description: 'Whether its levels are ranked.' })
  kind!: keyof typeof ScaleKind;

  @Field(() => LabelInput, { description: 'What it is called.' })
  label!: LabelInput;

  @Field(() => [LevelInput], { description: 'Its levels, in order.' })
  levels!: LevelInput[];
}

@InputType({ description: 'A statement: the subject has this level on this scale from this date on.' })
export class RecordStatusInput extends ReasonedInput {
  @Field(() => ID, { description: SUBJECT })
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

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({
  description: 'A correction of a statement: what is not given stays as it was. At least one thing must change.',
})
export class CorrectStatusInput extends RecordingInput {
  @Field(() => ID, { description: 'Id of the event that made the statement, or of its latest correction.' })
  event!: string;

  @Field(() => ID, { nullable: true, description: 'The right level; on the reserved scales the value: a name, a key.' })
  level?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The right date.' })
  effectiveOn?: string | null;

  @Field(() => Basis, { nullable: true, description: 'How it is really known.' })
  basis?: keyof typeof Basis | null;

  @Field(() => String, { description: 'Why. No place for personal data: what is recorded stays.' })
  reason!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

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

@InputType({ description: 'A new reporting period.' })
export class DefinePeriodInput extends ReasonedInput {
  @Field(() => ID, { description: NEW_KEY })
  key!: string;

  @Field(() => LabelInput, { description: 'What it is called.' })
  label!: LabelInput;

  @Field(() => DateScalar, { description: 'The date that its figures are about (peildatum). It never changes.' })
  referenceDate!: string;
}

@InputType({
  description: 'The publication of a period: it pins the log as it is, and keeps the counts as they are rebuilt now.',
})
export class PublishPeriodInput extends ReasonedInput {
  @Field(() => ID, { description: 'Key of the period.' })
  period!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({ description: 'A dated fact about a region or project.' })
export class RecordMilestoneInput extends ReasonedInput {
  @Field(() => ID, { description: SUBJECT })
  subject!: string;

  @Field(() => String, { description: 'When: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as it is known.' })
  on!: string;

  @Field(() => String, { description: 'What happened. No place for personal data: what is recorded stays.' })
  text!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

@InputType({
  description: 'The erasure of who an actor is. What the actor recorded stays, under an id that names nobody.',
})
export class EraseActorInput extends RecordingInput {
  @Field(() => ID, { description: 'Id of the actor.' })
  actor!: string;

  @Field(() => String, { description: 'Why. No place for personal data: what is recorded stays.' })
  reason!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}
