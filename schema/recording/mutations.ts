import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { organisationStream } from '../../events/subjects.js';
import type { Command } from '../../src/commands/command.js';
import type { Context } from '../context.js';
import * as Inputs from './inputs.js';
import { evidenceOf, groundsOf, labelOf, namedEvent, subjectStream } from './reading.js';
import { record } from './record.js';
import { RecordResult } from './results.js';

const INPUT = { description: 'What to record.' };

@Resolver()
export class Mutations {
  @Mutation(() => RecordResult, {
    description: 'Registers a region, with its name, and its parent and care office where given. For recorders.',
  })
  registerRegion(
    @Arg('input', () => Inputs.RegisterRegionInput, INPUT) input: Inputs.RegisterRegionInput,
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

  @Mutation(() => RecordResult, {
    description: 'Registers a project, with its name, and its regions and care office where given. For recorders.',
  })
  registerProject(
    @Arg('input', () => Inputs.RegisterProjectInput, INPUT) input: Inputs.RegisterProjectInput,
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

  @Mutation(() => RecordResult, {
    description: 'Gives a region or project another name from a date on. For recorders.',
  })
  renameSubject(
    @Arg('input', () => Inputs.RenameSubjectInput, INPUT) input: Inputs.RenameSubjectInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { name, effectiveOn } = input;
    return record(context, 'NAME', input, (): Command => ({
      kind: 'NAME',
      stream: subjectStream(input.subject),
      name,
      effectiveOn,
      ...groundsOf(input),
    }));
  }

  @Mutation(() => RecordResult, { description: 'Ends a region or project from a date on. For recorders.' })
  retireSubject(
    @Arg('input', () => Inputs.RetireSubjectInput, INPUT) input: Inputs.RetireSubjectInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { retiredOn, reason, evidence } = input;
    return record(context, 'RETIRE', input, (): Command => ({
      kind: 'RETIRE',
      stream: subjectStream(input.subject),
      retiredOn,
      reason,
      evidence: evidenceOf(evidence),
    }));
  }

  @Mutation(() => RecordResult, { description: 'Gives an organisation another name from a date on. For recorders.' })
  renameOrganisation(
    @Arg('input', () => Inputs.RenameOrganisationInput, INPUT) input: Inputs.RenameOrganisationInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { organisation, name, effectiveOn } = input;
    return record(context, 'NAME', input, (): Command => ({
      kind: 'NAME',
      stream: organisationStream(organisation),
      name,
      effectiveOn,
      ...groundsOf(input),
    }));
  }

  @Mutation(() => RecordResult, { description: 'Defines a scale. For administrators.' })
  defineScale(
    @Arg('input', () => Inputs.DefineScaleInput, INPUT) input: Inputs.DefineScaleInput,
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

  @Mutation(() => RecordResult, {
    description:
      'States that a subject has a level on a scale from a date on. A move down an ordinal scale needs a reason. For recorders.',
  })
  recordStatus(
    @Arg('input', () => Inputs.RecordStatusInput, INPUT) input: Inputs.RecordStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { scale, level, effectiveOn, basis } = input;
    return record(context, 'STATE', input, (): Command => ({
      kind: 'STATE',
      stream: subjectStream(input.subject),
      scale,
      level,
      effectiveOn,
      basis: basis ?? 'OBSERVED',
      ...groundsOf(input),
    }));
  }

  @Mutation(() => RecordResult, {
    description:
      'Corrects a statement: a status, and also a registration, a name, a care office, a parent, a retirement. For recorders.',
  })
  correctStatus(
    @Arg('input', () => Inputs.CorrectStatusInput, INPUT) input: Inputs.CorrectStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { event, level, effectiveOn, basis, reason, evidence } = input;
    return record(context, 'CORRECT', input, async (): Promise<Command> => ({
      kind: 'CORRECT',
      named: await namedEvent(event, context),
      level: level ?? null,
      effectiveOn: effectiveOn ?? null,
      basis: basis ?? null,
      evidence: evidence ? evidenceOf(evidence) : null,
      reason,
    }));
  }

  @Mutation(() => RecordResult, { description: 'Withdraws a statement of any kind. For recorders.' })
  withdrawStatus(
    @Arg('input', () => Inputs.WithdrawStatusInput, INPUT) input: Inputs.WithdrawStatusInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { event, reason } = input;
    return record(context, 'WITHDRAW', input, async (): Promise<Command> => ({
      kind: 'WITHDRAW',
      named: await namedEvent(event, context),
      reason,
    }));
  }

  @Mutation(() => RecordResult, { description: 'Defines a reporting period. For publishers.' })
  definePeriod(
    @Arg('input', () => Inputs.DefinePeriodInput, INPUT) input: Inputs.DefinePeriodInput,
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

  @Mutation(() => RecordResult, {
    description:
      'Publishes a period: pins the log as it is, and keeps the counts as they are rebuilt now. A second publication never moves the first. For publishers.',
  })
  publishPeriod(
    @Arg('input', () => Inputs.PublishPeriodInput, INPUT) input: Inputs.PublishPeriodInput,
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

  @Mutation(() => RecordResult, { description: 'Records a dated fact about a region or project. For recorders.' })
  recordMilestone(
    @Arg('input', () => Inputs.RecordMilestoneInput, INPUT) input: Inputs.RecordMilestoneInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { on, text } = input;
    return record(context, 'RECORD_MILESTONE', input, (): Command => ({
      kind: 'RECORD_MILESTONE',
      stream: subjectStream(input.subject),
      on,
      text,
      ...groundsOf(input),
    }));
  }

  @Mutation(() => RecordResult, {
    description:
      'Erases who an actor is from the vault beside the log, and records that this was done. For administrators.',
  })
  eraseActor(
    @Arg('input', () => Inputs.EraseActorInput, INPUT) input: Inputs.EraseActorInput,
    @Ctx() context: Context,
  ): Promise<typeof RecordResult> {
    const { actor, reason, evidence } = input;
    return record(context, 'ERASE_ACTOR', input, (): Command => ({
      kind: 'ERASE_ACTOR',
      actor,
      reason,
      evidence: evidenceOf(evidence),
    }));
  }
}
