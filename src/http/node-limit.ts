import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { requestedNodeCount, type ListSizes } from './requested-nodes.js';
import { MAX_REQUESTED_NODES } from './limits.js';

const inWords = (count: number): string => count.toLocaleString('en');

/** What is to be said of a request for so many nodes; null when it may go on. */
export const nodeLimitError = (nodes: number): GraphQLError | null =>
  nodes <= MAX_REQUESTED_NODES
    ? null
    : new GraphQLError(
        `This request asks for up to ${inWords(nodes)} nodes; ${inWords(MAX_REQUESTED_NODES)} is the limit. ` +
          `Ask for smaller pages (first, last), above all in connections within connections, or split it into several requests.`,
        { extensions: { code: 'QUERY_TOO_LARGE', nodes, limit: MAX_REQUESTED_NODES, http: { status: 400 } } },
      );

/** Refuses requests that ask for too much, when their variables are known and before anything is fetched. */
export const costPlugin = (listSizes: ListSizes): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operationName, request, schema }) {
        const refusal = nodeLimitError(
          requestedNodeCount(document, operationName, request.variables, schema, listSizes),
        );
        if (refusal) throw refusal;
      },
    };
  },
});
