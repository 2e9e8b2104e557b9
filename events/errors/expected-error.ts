import { PeildatumError } from './peildatum-error.js';

/** A message meant for the person who runs the program: printed as it is, without a stack trace. */
export class ExpectedError extends PeildatumError {
  readonly code: string = 'EXPECTED';
}
