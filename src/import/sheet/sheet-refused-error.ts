import { ExpectedError } from '../../../events/errors/expected-error.js';

/** A file that cannot be read as a sheet of statuses at all. Nothing was recorded. */
export class SheetRefusedError extends ExpectedError {
  override readonly code = 'SHEET_REFUSED';

  constructor(file: string, message: string, options?: ErrorOptions) {
    super(`${file}: ${message}`, options);
  }
}
