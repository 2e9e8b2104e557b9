import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { nodeLimitError } from './node-limit.js';
import { requestedNodeCount, type ListSizes } from './requested-nodes.js';
import { MAX_TOKENS } from './limits.js';
import { nestingProblem } from './nesting.js';
import { limitSelections } from './selection-limit.js';

/** What a client asks for, unchecked. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

export interface CheckedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

const rules = [...specifiedRules, limitSelections];

/** The same error with a code, as Apollo Server gives it to requests. */
const coded = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code },
  });

const refused = (message: string, code: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

const unidentified = (name: string | null | undefined): GraphQLError => {
  const problem = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  return refused(problem, 'OPERATION_RESOLUTION_FAILURE');
};

/** The document, or what is wrong with it, whatever its variables are. */
export const checkDocument = (query: string, schema: GraphQLSchema): DocumentNode | readonly GraphQLError[] => {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [coded(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
  const invalid = validate(schema, document, rules);
  return invalid.length > 0 ? invalid.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) : document;
};

/**
 * Everything that is checked of an operation before it is executed, for those that do not pass through Apollo Server: the
 * same rules and limits, and the same codes.
 */
export const checkOperation = (
  { query, variables, operationName }: Asked,
  schema: GraphQLSchema,
  listSizes: ListSizes,
): CheckedOperation | readonly GraphQLError[] => {
  const problem = nestingProblem(query, variables);
  if (problem !== null) return [refused(problem.message, problem.code)];
  const document = checkDocument(query, schema);
  if (!('kind' in document)) return document;
  const operation = getOperationAST(document, operationName);
  if (!operation) return [unidentified(operationName)];
  const refusal = nodeLimitError(requestedNodeCount(document, operationName, variables, schema, listSizes));
  return refusal ? [refusal] : { document, operation };
};
