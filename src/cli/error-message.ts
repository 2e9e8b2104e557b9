import { ExpectedError } from '../../events/errors/expected-error.js';

/** An error in words for whoever runs the program; an unexpected one with its stack for those who look for its cause. */
export const errorMessage = (error: unknown, logLevel: string | undefined): string => {
  if (!(error instanceof Error)) return String(error);
  const curious = (logLevel === 'debug' || logLevel === 'trace') && !(error instanceof ExpectedError);
  return curious && error.stack !== undefined ? error.stack : error.message;
};
