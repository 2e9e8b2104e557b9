import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** Why a token is not accepted. For the log only: whoever sent it is told that it was refused, and nothing else. */
export class TokenRefusedError extends PeildatumError {
  readonly code = 'TOKEN_REFUSED';
}
