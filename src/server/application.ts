import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Asking } from '../http/asking.js';
import type { CachingContext } from '../http/cache.js';
import type { ListSizes } from '../http/cost.js';
import type { GraphiqlSettings } from '../http/graphiql/settings.js';
import type { Health } from '../http/health.js';
import { startServer, type AddRoutes } from '../http/server.js';
import type { Admit } from '../http/websocket/admission.js';

/** What is behind the API: opened from the configuration, served until it is closed. */
export interface Interior<C extends CachingContext> {
  readonly schema: GraphQLSchema;
  readonly contextFor: (request: Asking) => Promise<C>;
  /** See ServerOptions. */
  readonly admit?: Admit;
  /** See ServerOptions. */
  readonly momentFields: ReadonlySet<string>;
  /** See ServerOptions. */
  readonly listSizes: ListSizes;
  /** See ServerOptions. */
  readonly addRoutes?: AddRoutes<C>;
  /** See ServerOptions. */
  readonly graphiql?: GraphiqlSettings;
  /** One query that shows what this is about, without single quotes: people paste it into a shell. */
  readonly exampleQuery: string;
  health(): Promise<Health>;
  /** Called once, when no request is open any more. */
  close(): Promise<void>;
}

export type OpenInterior<C extends CachingContext> = (config: Config, logger: Logger) => Promise<Interior<C>>;

export interface Application {
  /** Without a path: 'http://127.0.0.1:4000'. */
  readonly url: string;
  readonly exampleQuery: string;
  /** Where GraphiQL is, if it is served. */
  readonly graphiql?: string;
  /** Serves open requests and closes everything, within two seconds. */
  stop(): Promise<void>;
}

/**
 * Opens what there is to serve, and serves it; if either fails, nothing stays open.
 * @throws {ExpectedError} and the stores' errors, each with a message for the person who starts it.
 */
export const startWith = async <C extends CachingContext>(
  open: OpenInterior<C>,
  config: Config,
  logger: Logger,
): Promise<Application> => {
  const interior = await open(config, logger);
  try {
    const { port, host } = config;
    const server = await startServer<C>({ ...interior, health: () => interior.health(), host, port, logger });
    const stop = async (): Promise<void> => {
      await server.stop();
      await interior.close();
    };
    const graphiql = interior.graphiql ? { graphiql: `${server.url}/graphiql` } : {};
    return { url: server.url, exampleQuery: interior.exampleQuery, ...graphiql, stop };
  } catch (error) {
    await interior.close();
    throw error;
  }
};
