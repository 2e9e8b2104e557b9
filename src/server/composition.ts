import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { RequestCredentials } from '../http/request-credentials.js';
import type { CachingContext } from '../http/cache.js';
import type { ListSizes } from '../http/requested-nodes.js';
import type { GraphiqlSettings } from '../http/graphiql/settings.js';
import type { Health } from '../http/health.js';
import type { AddRoutes } from '../http/server.js';
import type { AuthenticateConnection } from '../http/websocket/authentication.js';

/** The wired parts of the product: what an HTTP server needs to serve them, and how to close them. */
export interface Composition<C extends CachingContext> {
  readonly schema: GraphQLSchema;
  readonly contextFor: (request: RequestCredentials) => Promise<C>;
  /** See ServerOptions. */
  readonly authenticateConnection?: AuthenticateConnection;
  /** See ServerOptions. */
  readonly momentFields: ReadonlySet<string>;
  /** See ServerOptions. */
  readonly listSizes: ListSizes;
  /** See ServerOptions. */
  readonly addRoutes?: AddRoutes<C>;
  /** See ServerOptions. */
  readonly graphiql?: GraphiqlSettings;
  /** The query that the start prints for people to try. It has no single quotes, because people paste it into a shell. */
  readonly firstQuery: string;
  health(): Promise<Health>;
  /** Closes everything that was opened. To be called once, when no request is open any more. */
  close(): Promise<void>;
}

/** Opens what the configuration names, and wires it. */
export type Compose<C extends CachingContext> = (config: Config, logger: Logger) => Promise<Composition<C>>;
