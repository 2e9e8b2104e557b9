import { ApolloServer, type ApolloServerOptions, type BaseContext } from '@apollo/server';
import { pino } from 'pino';
import { newGracefulShutdown } from '../../src/http/graceful-shutdown.js';
import { newFastify } from '../../src/http/fastify.js';
import { addGraphql } from '../../src/http/graphql.js';
import { listen } from '../../src/http/listen.js';

/** The host around an Apollo Server that is configured as a test wants it, instead of as we do. Stopping that stops it. */
export const startHost = async (
  config: ApolloServerOptions<BaseContext>,
  { context = async () => ({}) }: { readonly context?: () => Promise<BaseContext> } = {},
): Promise<{ readonly server: ApolloServer; readonly url: string }> => {
  const app = newFastify(pino({ level: 'silent' }));
  const drain = newGracefulShutdown(app);
  const server = new ApolloServer({
    ...config,
    plugins: [...(config.plugins ?? []), { serverWillStart: async () => ({ drainServer: drain }) }],
  });
  await server.start();
  // The suite asks for '/' below the address it is given.
  addGraphql(app, server, context, '/');
  return { server, url: await listen(app, '127.0.0.1', 0) };
};
