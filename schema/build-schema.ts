import 'reflect-metadata';
import { GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ProjectsOfRegion, SubjectOfEvent, SubjectOfMilestone, SubjectOfStatusChange } from './leading-back.js';
import { Project } from './project.js';
import { AuditQueries } from './queries/audit.js';
import { NodeQueries } from './queries/nodes.js';
import { ReportQueries } from './queries/reports.js';
import { SubjectQueries } from './queries/subjects.js';
import { TabulationQueries } from './queries/tabulations.js';
import { VocabularyQueries } from './queries/vocabulary.js';
import { Region } from './region.js';

const resolvers: NonEmptyArray<new () => object> = [
  SubjectQueries,
  VocabularyQueries,
  TabulationQueries,
  AuditQueries,
  ReportQueries,
  NodeQueries,
  SubjectOfEvent,
  SubjectOfStatusChange,
  SubjectOfMilestone,
  ProjectsOfRegion,
];

/** Inputs of which exactly one field is given. type-graphql prints the directive, graphql-js goes by the flag. */
const oneOf = ['Axis'];

/** The GraphQL schema, as clients see it and as it is executed. */
export function buildPeildatumSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers, orphanedTypes: [Region, Project], validate: false });
  for (const name of oneOf) {
    const type = schema.getType(name);
    if (type instanceof GraphQLInputObjectType) type.isOneOf = true;
  }
  return schema;
}
