import { ExpectedError } from '../../../events/errors/expected-error.js';

/** A text that is not in the form that it should be in, or that was not signed by whom it should be. */
export class Malformed extends ExpectedError {
  override readonly name = 'Malformed';
}
