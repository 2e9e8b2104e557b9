import { PeildatumError } from '../../../events/errors/peildatum-error.js';

/**
 * The read models' database cannot be used. Nothing is lost with it: the log can rebuild it. UNREACHABLE: the server does not
 * answer now, and may later. REFUSED: it answers, and lets nobody in with these credentials.
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
