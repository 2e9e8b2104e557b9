import 'reflect-metadata';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { Region } from './subjects/region.js';
import { Project } from './subjects/project.js';
import { noPubSub } from './subscriptions/pub-sub.js';
import { Milestones, MilestonesOfProject, MilestonesOfRegion } from './milestones/milestone.js';
import { NodeQueries } from './nodes/node-queries.js';
import { SubjectQueries } from './subjects/subject-queries.js';
import { RegisterRegion } from './subjects/register-region.js';
import { RegisterProject } from './subjects/register-project.js';
import { RenameSubject } from './subjects/rename-subject.js';
import { RetireSubject } from './subjects/retire-subject.js';
import { RenameOrganisation } from './subjects/rename-organisation.js';
import { SubjectOfEvent, SubjectOfRecorded } from './subjects/subject-of-event.js';
import { ProjectsOfRegion } from './subjects/projects-of-region.js';
import { StatusesOfSubject } from './statuses/statuses-of-subject.js';
import { RecordStatus } from './statuses/record-status.js';
import { CorrectStatus } from './statuses/correct-status.js';
import { WithdrawStatus } from './statuses/withdraw-status.js';
import { StatusChangeQueries } from './statuses/status-change-queries.js';
import { StatusSubscription } from './statuses/status-subscription.js';
import { ImportMutation } from './imports/import-statuses.js';
import { ScaleQueries } from './scales/scale-queries.js';
import { DefineScale } from './scales/define-scale.js';
import { PeriodQueries } from './periods/period-queries.js';
import { DefinePeriod } from './periods/define-period.js';
import { PublishPeriod } from './periods/publish-period.js';
import { PublicationQueries } from './publications/publication-queries.js';
import { TabulationQueries } from './tabulations/tabulation-queries.js';
import { ReportQueries } from './reports/report-queries.js';
import { PrintedInOfExplanation } from './reports/printed-in.js';
import { EventQueries } from './log/event-queries.js';
import { EventSubscription } from './log/event-appended.js';
import { ProofQueries } from './log/proof-queries.js';
import { ProjectionStatusQueries } from './log/projection-status.js';
import { EraseActor } from './log/erase-actor.js';

/** All resolvers, by concept. A concept becomes part of the schema by its line here. */
const resolvers: NonEmptyArray<new () => object> = [
  Milestones,
  MilestonesOfRegion,
  MilestonesOfProject,
  NodeQueries,
  SubjectQueries,
  RegisterRegion,
  RegisterProject,
  RenameSubject,
  RetireSubject,
  RenameOrganisation,
  SubjectOfEvent,
  SubjectOfRecorded,
  ProjectsOfRegion,
  StatusesOfSubject,
  RecordStatus,
  CorrectStatus,
  WithdrawStatus,
  StatusChangeQueries,
  StatusSubscription,
  ImportMutation,
  ScaleQueries,
  DefineScale,
  PeriodQueries,
  DefinePeriod,
  PublishPeriod,
  PublicationQueries,
  TabulationQueries,
  ReportQueries,
  PrintedInOfExplanation,
  EventQueries,
  EventSubscription,
  ProofQueries,
  ProjectionStatusQueries,
  EraseActor,
];

/** Inputs of which exactly one field is given. type-graphql only prints the directive; graphql-js checks inputs by a flag. */
const oneOf = ['Axis'];

/** type-graphql cannot describe the root types. */
const rootDescriptions: Readonly<Record<string, string>> = {
  Query: 'What can be asked. Answers hold for a moment: a date (valid time), as known at an instant (system time).',
  Mutation: 'What can be recorded. Each mutation appends what it asks for to the log, whole, or nothing.',
  Subscription: 'What can be followed while it is recorded.',
};

/** The GraphQL schema, as clients see it and as it is executed. */
export function buildPeildatumSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers, orphanedTypes: [Region, Project], validate: false, pubSub: noPubSub });
  for (const name of oneOf) {
    const type = schema.getType(name);
    if (type instanceof GraphQLInputObjectType) type.isOneOf = true;
  }
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (type) type.description = rootDescriptions[type.name];
  }
  return schema;
}
