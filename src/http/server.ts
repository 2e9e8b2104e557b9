import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { newApolloServer } from './apollo.js';
import type { RequestCredentials } from './request-credentials.js';
import type { CachingContext } from './cache.js';
import type { ListSizes } from './requested-nodes.js';
import { newGracefulShutdown } from './graceful-shutdown.js';
import { newFastify } from './fastify.js';
import { addGraphiql } from './graphiql/index.js';
import type { GraphiqlSettings } from './graphiql/settings.js';
import { addGraphql } from './graphql.js';
import { addHealth, type Health } from './health.js';
import { listen } from './listen.js';
import { addWebSockets } from './websocket/websocket-server.js';
import { acceptAnonymous, type AuthenticateConnection } from './websocket/authentication.js';
import { SOCKET_LIMITS, type SocketLimits } from './websocket/limits.js';

/** What routes beside /graphql need to answer from the same schema and by the same rules. */
export interface RouteSources<C extends CachingContext> {
  readonly schema: GraphQLSchema;
  readonly contextFor: (request: FastifyRequest) => Promise<C>;
  readonly momentFields: ReadonlySet<string>;
  readonly logger: Logger;
}

/** Adds routes to the server before it listens. */
export type AddRoutes<C extends CachingContext> = (app: FastifyInstance, sources: RouteSources<C>) => void;

export interface ServerOptions<C extends CachingContext> {
  readonly schema: GraphQLSchema;
  /** Makes the context of one request, or of one message of a subscription. It may throw a GraphQLError with a code for the client. */
  readonly contextFor: (request: RequestCredentials) => Promise<C>;
  /** Root fields whose resolvers declare their dependencies to `context.caching`. Only their answers can be immutable. */
  readonly momentFields?: ReadonlySet<string>;
  /** How long plain lists are, for the limit on requested nodes. */
  readonly listSizes?: ListSizes;
  /** Adds routes that are not GraphQL, such as the exports. Default: none. */
  readonly addRoutes?: AddRoutes<C>;
  /** Default: /graphiql is not served. */
  readonly graphiql?: GraphiqlSettings;
  /** Decides who may open a WebSocket. Default: every client may, without a time limit. */
  readonly authenticateConnection?: AuthenticateConnection;
  /** Default: SOCKET_LIMITS. */
  readonly socketLimits?: SocketLimits;
  readonly health: () => Promise<Health>;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logger: Logger;
}

export interface RunningServer {
  /** Without a path: 'http://127.0.0.1:4000'. */
  readonly url: string;
  /** Accepts no new requests, lets open ones finish, and resolves within two seconds, whatever the clients do. */
  stop(): Promise<void>;
}

/** Serves a schema over HTTP and over WebSockets. @throws {ExpectedError} when the address cannot be used. */
export const startServer = async <C extends CachingContext>(options: ServerOptions<C>): Promise<RunningServer> => {
  const { schema, contextFor, momentFields = new Set<string>(), listSizes = {}, health, host, port, logger } = options;
  const apollo = newApolloServer<C>({ schema, momentFields, listSizes, logger });
  await apollo.start();

  const app = newFastify(logger);
  const shutDown = newGracefulShutdown(app);
  const { authenticateConnection = acceptAnonymous, socketLimits: limits = SOCKET_LIMITS } = options;
  const sockets = addWebSockets(app.server, { schema, listSizes, contextFor, authenticateConnection, limits, logger });
  addHealth(app, health, logger);
  options.addRoutes?.(app, { schema, contextFor, momentFields, logger });
  if (options.graphiql) addGraphiql(app, options.graphiql);
  const graphiql = options.graphiql ? { graphiql: '/graphiql' } : {};
  app.get('/', () => ({
    name: 'Peildatum',
    graphql: '/graphql',
    ...graphiql,
    health: ['/health/live', '/health/ready'],
  }));
  addGraphql(app, apollo, contextFor);

  const stopAll = async (): Promise<void> => {
    // An open WebSocket would keep the HTTP server open.
    await Promise.all([sockets.close(), shutDown()]);
    await apollo.stop();
  };
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopAll());

  try {
    return { url: await listen(app, host, port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
