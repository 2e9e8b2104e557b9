import { Field, ID, InputType, Int } from 'type-graphql';
import type { Evidence, Label } from '../../events/primitives.js';

@InputType({ description: 'Where a statement can be checked.' })
export class EvidenceInput {
  @Field(() => String, { description: 'The document or other source.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'The place in it: a table, a page, an annex.' })
  locator?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the source can be read: an http or https address.' })
  url?: string | null;
}

@InputType({ description: 'A text in Dutch, and in English where there is one.' })
export class LabelInput {
  @Field(() => String, { description: 'The Dutch text.' })
  nl!: string;

  @Field(() => String, { nullable: true, description: 'The English text. Default: none; the Dutch one is shown.' })
  en?: string | null;
}

/** The fields of every request to record something. No text may hold personal data, because nothing is ever deleted from the log. */
@InputType()
abstract class RecordingInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'A name for this request, of your making. Sent again with the same content it gets the first answer, for ever; with other content a Conflict. Up to 200 characters.',
  })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Decide, and record nothing.' })
  validateOnly?: boolean | null;

  @Field(() => [EvidenceInput], { nullable: true, description: 'Where it can be checked: up to 20 sources.' })
  evidence?: EvidenceInput[] | null;
}

@InputType()
export abstract class ReasonedInput extends RecordingInput {
  @Field(() => String, { nullable: true, description: 'Why. No place for personal data: what is recorded stays.' })
  reason?: string | null;
}

/** The options of the argument that every mutation takes. */
export const inputArgument = { description: 'What to record.' };

export const SUBJECT_ID = 'Id of the region or project, of any moment.';
export const REGISTERED_ON = 'The first date of its lifetime.';
export const NEW_KEY =
  'The readable name that it will have through all time: letters, digits and single hyphens, such as `arnhem-food-valley`.';

export const expectedRevisionField = {
  nullable: true,
  description:
    'What you take the revision of the stream to be; if it is another one, the answer is a Conflict that names it. Default: whatever it is.',
} as const;
export const revisionType = () => Int;

/** An input that adds to a stream. */
@InputType()
export abstract class StreamInput extends ReasonedInput {
  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

/** An input that adds to a stream and must give a reason. */
@InputType()
export abstract class JustifiedStreamInput extends RecordingInput {
  @Field(() => String, { description: 'Why. No place for personal data: what is recorded stays.' })
  reason!: string;

  @Field(revisionType, expectedRevisionField)
  expectedRevision?: number | null;
}

export const evidenceOf = (evidence: readonly EvidenceInput[] | null | undefined): Evidence[] =>
  (evidence ?? []).map(({ title, locator, url }) => ({ title, locator: locator ?? null, url: url ?? null }));

export const labelOf = ({ nl, en }: LabelInput): Label => ({ nl, en: en ?? null });

/** Why something is recorded, and where it can be checked. */
export const groundsOf = ({ reason, evidence }: { reason?: string | null; evidence?: EvidenceInput[] | null }) => ({
  reason: reason ?? null,
  evidence: evidenceOf(evidence),
});
