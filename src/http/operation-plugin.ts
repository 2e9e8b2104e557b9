import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { nodeLimitError } from './node-limit.js';
import { requestedNodeCount, type ListSizes } from './requested-nodes.js';

// graphql-js would execute a subscription's root field as if it were a query's.
const subscriptionError = (): GraphQLError =>
  new GraphQLError(
    'Subscriptions are served over a WebSocket at this address (protocol graphql-transport-ws), not over plain HTTP requests.',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  );

/** Refuses subscriptions, and operations that ask for too many nodes, before anything is fetched. */
export const operationPlugin = (listSizes: ListSizes): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, operationName, request, schema }) {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw subscriptionError();
        const error = nodeLimitError(requestedNodeCount(document, operationName, request.variables, schema, listSizes));
        if (error) throw error;
      },
    };
  },
});
