import 'reflect-metadata';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ProjectsOfRegion, SubjectOfEvent, SubjectOfMilestone, SubjectOfStatusChange } from './back-references.js';
import { ImportMutation } from './recording/import-statuses.js';
import { Mutations } from './recording/mutations.js';
import { Project } from './subjects/project.js';
import { AuditQueries } from './log/audit-queries.js';
import { NodeQueries } from './subjects/node-queries.js';
import { ProofQueries } from './log/proof-queries.js';
import { ReportQueries } from './reports/queries.js';
import { SubjectQueries } from './subjects/queries.js';
import { TabulationQueries } from './tabulations/queries.js';
import { VocabularyQueries } from './scales/queries.js';
import { Region } from './subjects/region.js';
import { EventSubscription } from './log/event-appended.js';
import { noPubSub } from './subscriptions/pub-sub.js';
import { StatusSubscription } from './statuses/status-subscription.js';

const resolvers: NonEmptyArray<new () => object> = [
  SubjectQueries,
  VocabularyQueries,
  TabulationQueries,
  AuditQueries,
  ProofQueries,
  ReportQueries,
  NodeQueries,
  Mutations,
  ImportMutation,
  StatusSubscription,
  EventSubscription,
  SubjectOfEvent,
  SubjectOfStatusChange,
  SubjectOfMilestone,
  ProjectsOfRegion,
];

/** Inputs of which exactly one field is given. type-graphql prints the directive, graphql-js goes by the flag. */
const oneOf = ['Axis'];

/** type-graphql makes the root types itself, and leaves them without a word. */
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
