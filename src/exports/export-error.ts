import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** An error as clients see it, in the form in which GraphQL answers. */
export interface ClientError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** Why an export was refused: the HTTP status and the errors of the answer. */
export class ExportRefusedError extends PeildatumError {
  readonly code = 'EXPORT_REFUSED';

  constructor(
    readonly status: number,
    readonly errors: readonly ClientError[],
  ) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

/** @param argument the parameter at fault, or the part of its value at fault, such as 'at.asOf' */
export const badParameter = (argument: string, message: string): ClientError => ({
  message,
  extensions: { code: 'BAD_USER_INPUT', argument },
});

export const notFound = (code: string, message: string, argument?: string): ExportRefusedError =>
  new ExportRefusedError(404, [{ message, extensions: { code, ...(argument === undefined ? {} : { argument }) } }]);
