import { ExpectedError } from '../../events/errors/expected-error.js';

/** The message of an error for the person who runs the program. At log level debug an unexpected error has its stack. */
export const errorMessage = (error: unknown, logLevel: string | undefined): string => {
  if (!(error instanceof Error)) return String(error);
  const showsStack = (logLevel === 'debug' || logLevel === 'trace') && !(error instanceof ExpectedError);
  return showsStack && error.stack !== undefined ? error.stack : error.message;
};
