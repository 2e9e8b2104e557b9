import { PeildatumError } from '../../../events/errors/peildatum-error.js';

/**
 * The read models' database cannot be used. Nothing is lost with it: it can be rebuilt from the log. UNREACHABLE: the server does
 * not answer now, and may later. REFUSED: it answers, and refuses these credentials.
 */
export class ReadDatabaseUnusableError extends PeildatumError {
  constructor(
    readonly code: 'FOREIGN' | 'CORRUPT' | 'NOT_WRITABLE' | 'UNSUPPORTED' | 'UNREACHABLE' | 'REFUSED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
