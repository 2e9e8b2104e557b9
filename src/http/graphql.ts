import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { RequestCredentials } from './request-credentials.js';
import { conditionalGet } from './conditional-get.js';
import { rejectDeepNesting } from './nesting.js';
import { rejectInvalidHost, rejectMethod } from './error-responses.js';

const METHODS = ['GET', 'POST'];

/** Serves GraphQL over HTTP. Requests that Apollo Server must not get are refused before it; its answers get an ETag. */
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

  const rejectOthers = rejectMethod(METHODS);
  const otherMethods = app.supportedMethods.filter((method) => !METHODS.includes(method));
  // On request, so that the body is not read.
  app.route({ ...address, method: otherMethods, onRequest: rejectOthers, handler: rejectOthers });
};
