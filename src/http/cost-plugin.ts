import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { nodesAskedFor, type ListSizes } from './cost.js';
import { MAX_NODES } from './limits.js';

const inWords = (count: number): string => count.toLocaleString('en');

/** What is to be said of a request for so many nodes; null when it may go on. */
export const tooLarge = (nodes: number): GraphQLError | null =>
  nodes <= MAX_NODES
    ? null
    : new GraphQLError(
        `This request asks for up to ${inWords(nodes)} nodes; ${inWords(MAX_NODES)} is the limit. ` +
          `Ask for smaller pages (first, last), above all in connections within connections, or split it into several requests.`,
        { extensions: { code: 'QUERY_TOO_LARGE', nodes, limit: MAX_NODES, http: { status: 400 } } },
      );

/** Refuses requests that ask for too much, when their variables are known and before anything is fetched. */
export const costPlugin = (listSizes: ListSizes): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operationName, request, schema }) {
        const refusal = tooLarge(nodesAskedFor(document, operationName, request.variables, schema, listSizes));
        if (refusal) throw refusal;
      },
    };
  },
});
