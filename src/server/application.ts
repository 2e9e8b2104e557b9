import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { CachingContext } from '../http/cache.js';
import { startServer } from '../http/server.js';
import type { Compose } from './composition.js';

export interface Application {
  /** Without a path: 'http://127.0.0.1:4000'. */
  readonly url: string;
  /** See Composition. */
  readonly firstQuery: string;
  /** The address of GraphiQL, if it is served. */
  readonly graphiql?: string;
  /** Answers the open requests and closes everything, within two seconds. */
  stop(): Promise<void>;
}

/**
 * Composes the product and serves it over HTTP. If either fails, nothing stays open.
 * @throws {ExpectedError} and the stores' errors, each with a message for the person who starts it.
 */
export const startApplication = async <C extends CachingContext>(
  compose: Compose<C>,
  config: Config,
  logger: Logger,
): Promise<Application> => {
  const composition = await compose(config, logger);
  try {
    const { port, host } = config;
    const server = await startServer<C>({ ...composition, health: () => composition.health(), host, port, logger });
    const stop = async (): Promise<void> => {
      await server.stop();
      await composition.close();
    };
    const graphiql = composition.graphiql ? { graphiql: `${server.url}/graphiql` } : {};
    return { url: server.url, firstQuery: composition.firstQuery, ...graphiql, stop };
  } catch (error) {
    await composition.close();
    throw error;
  }
};
