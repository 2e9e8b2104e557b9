import { ExpectedError } from '../../../events/errors/expected-error.js';

/** How a log and a checkpoint that was signed of it fail to go together. */
export type Fault =
  /** The log ends before the size that was signed: it was put back to an older state, or is another one. */
  | 'SHORTER'
  /** The log has another root at that size: what was recorded was rewritten, or it is another log. */
  | 'OTHER'
  /** The checkpoint is not what one of our keys signed. */
  | 'UNVERIFIED';

export interface Contradiction {
  readonly fault: Fault;
  /** Where the checkpoint is kept: a file, or the log itself. */
  readonly where: string;
  readonly message: string;
}

/** Nothing is signed of a log that contradicts what was signed before. */
export class ContradictedLogError extends ExpectedError {
  override readonly code = 'CONTRADICTED_LOG';

  constructor(readonly contradiction: Contradiction) {
    super(contradiction.message);
  }
}
