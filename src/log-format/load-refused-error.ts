import { ExpectedError } from '../../events/errors/expected-error.js';

/** A file that cannot be loaded as it is. Nothing of it was. The message begins with the file and, mostly, the line. */
export class LoadRefusedError extends ExpectedError {
  override readonly code = 'LOAD_REFUSED';

  constructor(
    file: string,
    /** From 1; null where the file as a whole is at fault. */
    readonly line: number | null,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${file}${line === null ? '' : `:${line}`}: ${message}`, options);
  }
}
