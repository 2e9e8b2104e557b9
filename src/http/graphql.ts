import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { RequestCredentials } from './request-credentials.js';
import { conditionalGet } from './cache.js';
import { rejectDeepNesting } from './nesting.js';
import { rejectInvalidHost, rejectMethod } from './error-responses.js';

const METHODS = ['GET', 'POST'];

/** Serves GraphQL over HTTP. What Apollo Server must not be handed is refused before it; what it answers can be kept. */
export const addGraphql = <C extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<C>,
  contextFor: (request: RequestCredentials) => Promise<C>,
  url = '/graphql',
): void => {
  const address = { url, exposeHeadRoute: false };
  app.route({
    ...address,
    method: METHODS,
    onRequest: rejectInvalidHost,
    preHandler: rejectDeepNesting,
    onSend: conditionalGet,
    handler: fastifyApolloHandler(apollo, { context: contextFor }),
  });

  const refuseOthers = rejectMethod(METHODS);
  const others = app.supportedMethods.filter((method) => !METHODS.includes(method));
  // At once: a body that nobody wants is not read.
  app.route({ ...address, method: others, onRequest: refuseOthers, handler: refuseOthers });
};
