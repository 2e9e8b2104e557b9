import { GraphQLError } from 'graphql';
import { MAX_REQUESTED_NODES } from './limits.js';

const formatCount = (count: number): string => count.toLocaleString('en');

/** The error for a request that asks for so many nodes; null when that is within the limit. */
export const nodeLimitError = (nodeCount: number): GraphQLError | null =>
  nodeCount <= MAX_REQUESTED_NODES
    ? null
    : new GraphQLError(
        `This request asks for up to ${formatCount(nodeCount)} nodes; ${formatCount(MAX_REQUESTED_NODES)} is the limit. ` +
          `Ask for smaller pages (first, last), above all in connections within connections, or split it into several requests.`,
        {
          extensions: { code: 'QUERY_TOO_LARGE', nodes: nodeCount, limit: MAX_REQUESTED_NODES, http: { status: 400 } },
        },
      );
