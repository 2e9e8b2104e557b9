import { GraphQLError } from 'graphql';
import { CheckpointMismatchError } from '../proofs/checkpoints/checkpoint-mismatch.js';
import type { CheckpointSigner } from '../proofs/checkpoints/checkpoint-signer.js';

/** A contradicted log is the one failure of the signer that clients see as it is: everybody may know of it. */
const rethrowForClient = (error: unknown): never => {
  if (!(error instanceof CheckpointMismatchError)) throw error;
  const { kind: fault } = error.mismatch;
  throw new GraphQLError(error.message, { extensions: { code: 'LOG_CONTRADICTED', fault } });
};

/** The signer as resolvers use it: it reports a contradicted log to the client under the code LOG_CONTRADICTED. */
export const newClientSigner = (
  signer: Pick<CheckpointSigner, 'head' | 'newest'>,
): Pick<CheckpointSigner, 'head' | 'newest'> => ({
  head: () => signer.head().catch(rethrowForClient),
  newest: () => signer.newest().catch(rethrowForClient),
});
