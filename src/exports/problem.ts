import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** An error as clients see it, in the form in which GraphQL answers. */
export interface ClientError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** An export that is not made, and why: the whole answer. */
export class ExportRefusedError extends PeildatumError {
  readonly code = 'EXPORT_REFUSED';

  constructor(
    readonly status: number,
    readonly errors: readonly ClientError[],
  ) {
    super(errors.map(({ message }) => message).join(' '));
  }
}

/** What is wrong with one parameter, or with a part of its value: 'at.asOf'. */
export const badParameter = (argument: string, message: string): ClientError => ({
  message,
  extensions: { code: 'BAD_USER_INPUT', argument },
});

export const notFound = (code: string, message: string, argument?: string): ExportRefusedError =>
  new ExportRefusedError(404, [{ message, extensions: { code, ...(argument === undefined ? {} : { argument }) } }]);
