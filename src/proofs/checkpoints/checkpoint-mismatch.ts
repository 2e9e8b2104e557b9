import { ExpectedError } from '../../../events/errors/expected-error.js';

/** How a log and a checkpoint that was signed of it disagree. */
export type MismatchKind =
  /** The log ends before the signed size: it was put back to an older state, or it is another log. */
  | 'SHORTER'
  /** The log has another root at the signed size: recorded events were rewritten, or it is another log. */
  | 'OTHER'
  /** No key of this log signed the checkpoint. */
  | 'UNVERIFIED';

export interface CheckpointMismatch {
  readonly kind: MismatchKind;
  /** Where the checkpoint was read: a file, or the log itself. */
  readonly source: string;
  /** One or more sentences for an operator, with what to do next. */
  readonly message: string;
}

/** A log that disagrees with an earlier checkpoint is not signed again. */
export class CheckpointMismatchError extends ExpectedError {
  override readonly code = 'CHECKPOINT_MISMATCH';

  constructor(readonly mismatch: CheckpointMismatch) {
    super(mismatch.message);
  }
}
