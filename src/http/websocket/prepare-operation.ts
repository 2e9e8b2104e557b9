import { GraphQLError, OperationTypeNode, type ExecutionArgs } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { RequestCredentials } from '../request-credentials.js';
import { checkOperation } from '../check-operation.js';
import { codedError } from '../coded-error.js';
import type { ConnectionOptions } from './connection-options.js';

/** Checks an operation and makes its context. Returns what graphql-js executes, or the errors for the client. */
export const prepareOperation = async (
  { query, operationName, variables }: SubscribePayload,
  credentials: RequestCredentials,
  { schema, listSizes, contextFor }: Pick<ConnectionOptions, 'schema' | 'listSizes' | 'contextFor'>,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const checked = checkOperation({ query, operationName, variables }, schema, listSizes);
  if (!('document' in checked)) return checked;
  if (checked.operation.operation === OperationTypeNode.MUTATION) {
    return [codedError('Mutations are taken by HTTP requests, not over a WebSocket.', 'BAD_REQUEST')];
  }
  try {
    return {
      schema,
      document: checked.document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue: await contextFor(credentials),
    };
  } catch (error) {
    // graphql-ws accepts GraphQLErrors only. presentError decides what a client may see of the original error.
    return [error instanceof GraphQLError ? error : new GraphQLError('Failed', { originalError: error as Error })];
  }
};
