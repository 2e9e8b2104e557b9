import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { cachePlugin, type CachingContext } from './cache.js';
import { presentError } from './errors.js';
import { MAX_DOCUMENT_TOKENS } from './limits.js';
import { operationPlugin } from './operation-plugin.js';
import type { ListSizes } from './requested-nodes.js';
import { limitSelections } from './selection-limit.js';

/** Apollo Server reduced to GraphQL: it reports to nobody, and leaves signals, caching and the landing page to the host. */
export const newApolloServer = <C extends CachingContext>(options: {
  readonly schema: GraphQLSchema;
  readonly momentFields: ReadonlySet<string>;
  readonly listSizes: ListSizes;
  readonly logger: Logger;
}): ApolloServer<C> =>
  new ApolloServer<C>({
    schema: options.schema,
    logger: options.logger,
    // Its behaviour is configured here and does not depend on NODE_ENV.
    nodeEnv: 'production',
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_DOCUMENT_TOKENS },
    validationRules: [limitSelections],
    formatError: (_formatted, error) => presentError(error, options.logger),
    plugins: [
      // Apollo's own cache control halves the throughput of lists.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operationPlugin(options.listSizes),
      cachePlugin(options.momentFields),
    ],
  });
