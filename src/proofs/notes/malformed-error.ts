import { ExpectedError } from '../../../events/errors/expected-error.js';

/** A note, a checkpoint, a proof or a key that is not in its format, or a note that no known key signed. */
export class MalformedError extends ExpectedError {
  override readonly code = 'MALFORMED';
}
