import { ExpectedError } from '../../../events/errors/expected-error.js';

/** A text that is not in the form that it should be in, or that was not signed by whom it should be. */
export class MalformedError extends ExpectedError {
  override readonly code = 'MALFORMED';
}
