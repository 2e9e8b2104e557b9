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
import { codedError } from './coded-error.js';
import { MAX_DOCUMENT_TOKENS } from './limits.js';
import { nestingProblem } from './nesting.js';
import { limitSelections } from './selection-limit.js';

/** An operation as the client sent it, unchecked. */
export interface OperationRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

export interface CheckedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

const rules = [...specifiedRules, limitSelections];

/** The same error with the code that Apollo Server gives it. */
const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code },
  });

const unresolvedOperation = (name: string | null | undefined): GraphQLError => {
  const message = name
    ? `Unknown operation named "${name}".`
    : 'Must provide operation name if query contains multiple operations.';
  return codedError(message, 'OPERATION_RESOLUTION_FAILURE');
};

/** Parses and validates a document. Returns it, or the errors for the client. */
export const checkDocument = (query: string, schema: GraphQLSchema): DocumentNode | readonly GraphQLError[] => {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MAX_DOCUMENT_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
  const invalid = validate(schema, document, rules);
  return invalid.length > 0 ? invalid.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) : document;
};

/**
 * Checks an operation that does not pass through Apollo Server, by the same rules and limits and with the same codes.
 * Returns the operation, or the errors for the client.
 */
export const checkOperation = (
  { query, variables, operationName }: OperationRequest,
  schema: GraphQLSchema,
  listSizes: ListSizes,
): CheckedOperation | readonly GraphQLError[] => {
  const problem = nestingProblem(query, variables);
  if (problem !== null) return [codedError(problem.message, problem.code)];
  const document = checkDocument(query, schema);
  if (!('kind' in document)) return document;
  const operation = getOperationAST(document, operationName);
  if (!operation) return [unresolvedOperation(operationName)];
  const tooLarge = nodeLimitError(requestedNodeCount(document, operationName, variables, schema, listSizes));
  return tooLarge ? [tooLarge] : { document, operation };
};
