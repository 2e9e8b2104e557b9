import { GraphQLError, OperationTypeNode, type ExecutionArgs } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Asking } from '../asking.js';
import { checkOperation } from '../operation.js';
import type { ConnectionOptions } from './options.js';

/** An error that presentError shows to clients as it is. */
export const refused = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

/** An operation as it is to be executed, or why it is not. */
export const beginOperation = async (
  { query, operationName, variables }: SubscribePayload,
  asking: Asking,
  { schema, listSizes, contextFor }: Pick<ConnectionOptions, 'schema' | 'listSizes' | 'contextFor'>,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const checked = checkOperation({ query, operationName, variables }, schema, listSizes);
  if (!('document' in checked)) return checked;
  if (checked.operation.operation === OperationTypeNode.MUTATION) {
    return [refused('Mutations are taken by HTTP requests, not over a WebSocket.', 'BAD_REQUEST')];
  }
  try {
    return {
      schema,
      document: checked.document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue: await contextFor(asking),
    };
  } catch (error) {
    // graphql-ws takes errors of this class only; presentError finds out what a client may see of it.
    return [error instanceof GraphQLError ? error : new GraphQLError('Failed', { originalError: error as Error })];
  }
};
