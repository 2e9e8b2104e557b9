import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, OperationTypeNode, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { cachePlugin, type CachingContext } from './cache.js';
import { costPlugin } from './node-limit.js';
import type { ListSizes } from './requested-nodes.js';
import { presentError } from './errors.js';
import { MAX_TOKENS } from './limits.js';
import { limitSelections } from './selection-limit.js';

// graphql-js would execute a subscription's root field as if it were a query's.
const refuseSubscriptions: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) return;
        throw new GraphQLError(
          'Subscriptions are served over a WebSocket at this address (protocol graphql-transport-ws), not over plain HTTP requests.',
          {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          },
        );
      },
    };
  },
};

/** Apollo Server as we want it: it keeps to GraphQL, calls nobody, and leaves signals, caching and the front page to us. */
export const newApolloServer = <C extends CachingContext>(options: {
  readonly schema: GraphQLSchema;
  readonly momentFields: ReadonlySet<string>;
  readonly listSizes: ListSizes;
  readonly logger: Logger;
}): ApolloServer<C> =>
  new ApolloServer<C>({
    schema: options.schema,
    logger: options.logger,
    // How it behaves is written here, not in NODE_ENV.
    nodeEnv: 'production',
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    validationRules: [limitSelections],
    formatError: (_formatted, error) => presentError(error, options.logger),
    plugins: [
      // Its own cache control halves the throughput of lists.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      refuseSubscriptions,
      costPlugin(options.listSizes),
      cachePlugin(options.momentFields),
    ],
  });
