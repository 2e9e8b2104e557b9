import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Asking } from '../asking.js';
import type { ListSizes } from '../cost.js';
import type { Admit } from './admission.js';
import type { SocketLimits } from './limits.js';

/** What every connection is served with. */
export interface ConnectionOptions {
  readonly schema: GraphQLSchema;
  readonly listSizes: ListSizes;
  readonly contextFor: (asking: Asking) => Promise<unknown>;
  readonly admit: Admit;
  readonly limits: SocketLimits;
  readonly logger: Logger;
}
