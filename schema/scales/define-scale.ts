import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { Command } from '../../src/commands/catalogue.js';
import type { Context } from '../context.js';
import { LabelInput, NEW_KEY, ReasonedInput, groundsOf, inputArgument, labelOf } from '../recording/common-inputs.js';
import { record } from '../recording/record.js';
import { RecordResult } from '../recording/record-result.js';
import { SubjectKind } from '../subjects/subject-kind.js';
import { ScaleKind } from './scale.js';

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

@Resolver()
export class DefineScale {
  @Mutation(() => RecordResult, { description: 'Defines a scale. For administrators.' })
  defineScale(
    @Arg('input', () => DefineScaleInput, inputArgument) input: DefineScaleInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { key, subjectKind, kind, label, levels } = input;
    return record(context, 'DEFINE_SCALE', input, (): Command => ({
      kind: 'DEFINE_SCALE',
      key,
      subjectKind,
      scaleKind: kind,
      label: labelOf(label),
      levels: levels.map((level) => ({
        key: level.key,
        label: labelOf(level.label),
        definition: level.definition ? labelOf(level.definition) : null,
      })),
      ...groundsOf(input),
    }));
  }
}
