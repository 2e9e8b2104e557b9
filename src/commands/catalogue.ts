import type { EventTypeName } from '../../events/event-types.js';
import { correctStatus, statusCorrectedRules, statusWithdrawnRules, withdrawStatus } from './correct-status.js';
import type { CommandDefinition } from './define-command.js';
import { definePeriod, periodDefinedRules } from './define-period.js';
import type { EventRules } from './define-rules.js';
import { defineScale, scaleDefinedRules, scaleRevisedRules } from './define-scale.js';
import { actorErasedRules, eraseActor } from './erase-actor.js';
import { periodPublishedRules, publishPeriod } from './publish-period.js';
import { milestoneRecordedRules, recordMilestone } from './record-milestone.js';
import { recordStatus, statusStatedRules } from './record-status.js';
import {
  organisationRegisteredRules,
  projectRegisteredRules,
  projectSummarisedRules,
  regionRegisteredRules,
  registerProject,
  registerRegion,
} from './register-subject.js';
import { organisationNamedRules, projectNamedRules, regionNamedRules, rename } from './rename.js';
import { projectRetiredRules, regionRetiredRules, retire } from './retire.js';
import { publicationFiguresRecordedRules } from './rules/publications.js';
import { reportPublishedRules } from './rules/reports.js';

const definitions = {
  REGISTER_REGION: registerRegion,
  REGISTER_PROJECT: registerProject,
  RENAME: rename,
  RETIRE: retire,
  DEFINE_SCALE: defineScale,
  RECORD_STATUS: recordStatus,
  CORRECT_STATUS: correctStatus,
  WITHDRAW_STATUS: withdrawStatus,
  DEFINE_PERIOD: definePeriod,
  PUBLISH_PERIOD: publishPeriod,
  RECORD_MILESTONE: recordMilestone,
  ERASE_ACTOR: eraseActor,
};

export type CommandKind = keyof typeof definitions;

type CommandOfDefinition<D> = D extends { readonly streams: (command: infer C) => unknown } ? C : never;

type CommandsByKind = { readonly [K in CommandKind]: CommandOfDefinition<(typeof definitions)[K]> };

/** What can be asked to be recorded. Subjects are named by their streams, periods, scales and organisations by their keys. */
export type Command = CommandsByKind[CommandKind];

/** The definitions by kind, which the compiler holds against the kind that each was defined with. */
export const commandDefinitions: {
  readonly [K in CommandKind]: CommandDefinition<CommandsByKind[K] & { readonly kind: K }>;
} = definitions;

const isCommandKind = (name: string): name is CommandKind => Object.hasOwn(definitions, name);

/** All kinds, in the order of the list above. */
export const commandKinds: readonly CommandKind[] = Object.keys(definitions).filter(isCommandKind);

/** The rules of every type of event. */
export const eventRules: { readonly [T in EventTypeName]: EventRules<T> } = {
  ScaleDefined: scaleDefinedRules,
  ScaleRevised: scaleRevisedRules,
  OrganisationRegistered: organisationRegisteredRules,
  OrganisationNamed: organisationNamedRules,
  RegionRegistered: regionRegisteredRules,
  RegionNamed: regionNamedRules,
  RegionRetired: regionRetiredRules,
  ProjectRegistered: projectRegisteredRules,
  ProjectNamed: projectNamedRules,
  ProjectRetired: projectRetiredRules,
  ProjectSummarised: projectSummarisedRules,
  StatusStated: statusStatedRules,
  StatusCorrected: statusCorrectedRules,
  StatusWithdrawn: statusWithdrawnRules,
  PeriodDefined: periodDefinedRules,
  PeriodPublished: periodPublishedRules,
  ReportPublished: reportPublishedRules,
  MilestoneRecorded: milestoneRecordedRules,
  PublicationFiguresRecorded: publicationFiguresRecordedRules,
  ActorErased: actorErasedRules,
};

/** The definition of a command's kind. */
export function definitionOf<K extends CommandKind>(command: {
  readonly kind: K;
}): CommandDefinition<CommandsByKind[K] & { readonly kind: K }> {
  return commandDefinitions[command.kind];
}
