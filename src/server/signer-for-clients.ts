import { GraphQLError } from 'graphql';
import { ContradictedLog } from '../proofs/checkpoints/checkpoint-mismatch.js';
import type { Signer } from '../proofs/checkpoints/checkpoint-signer.js';

/** That the log is not what was signed of it is for everybody to know. */
const shown = (error: unknown): never => {
  if (!(error instanceof ContradictedLog)) throw error;
  const { fault } = error.contradiction;
  throw new GraphQLError(error.message, { extensions: { code: 'LOG_CONTRADICTED', fault } });
};

export const signerForClients = (signer: Pick<Signer, 'head' | 'newest'>): Pick<Signer, 'head' | 'newest'> => ({
  head: () => signer.head().catch(shown),
  newest: () => signer.newest().catch(shown),
});
