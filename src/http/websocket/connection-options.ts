import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { RequestCredentials } from '../request-credentials.js';
import type { ListSizes } from '../requested-nodes.js';
import type { AuthenticateConnection } from './authentication.js';
import type { SocketLimits } from './limits.js';

/** What every connection is served with. */
export interface ConnectionOptions {
  readonly schema: GraphQLSchema;
  readonly listSizes: ListSizes;
  readonly contextFor: (credentials: RequestCredentials) => Promise<unknown>;
  readonly authenticateConnection: AuthenticateConnection;
  readonly limits: SocketLimits;
  readonly logger: Logger;
}
