import { GraphQLError } from 'graphql';
import { ContradictedLogError } from '../proofs/checkpoints/checkpoint-mismatch.js';
import type { Signer } from '../proofs/checkpoints/checkpoint-signer.js';

/** A contradicted log is the one failure of the signer that clients see as it is: everybody may know of it. */
const rethrowForClient = (error: unknown): never => {
  if (!(error instanceof ContradictedLogError)) throw error;
  const { fault } = error.contradiction;
  throw new GraphQLError(error.message, { extensions: { code: 'LOG_CONTRADICTED', fault } });
};

/** The signer as resolvers use it: it reports a contradicted log to the client under the code LOG_CONTRADICTED. */
export const newClientSigner = (signer: Pick<Signer, 'head' | 'newest'>): Pick<Signer, 'head' | 'newest'> => ({
  head: () => signer.head().catch(rethrowForClient),
  newest: () => signer.newest().catch(rethrowForClient),
});
