import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { RequestError } from '../time/request-error.js';
import { pathOfValue } from './value-path.js';

const INTERNAL = 'INTERNAL_SERVER_ERROR';
const BAD_INPUT = 'BAD_USER_INPUT';
const UNAVAILABLE = 'UNAVAILABLE';
const INVALID_DOCUMENT = 'GRAPHQL_VALIDATION_FAILED';

/** Logs an internal error, and returns what a client may know of it: that it happened, and under which id it was logged. */
export const maskError = (error: unknown, logger: Logger): GraphQLFormattedError => {
  const correlationId = randomUUID();
  logger.error({ err: error, correlationId }, 'Internal error');
  return isUnavailable(error)
    ? { message: UNAVAILABLE_MESSAGE, extensions: { code: UNAVAILABLE, correlationId } }
    : { message: 'Internal error', extensions: { code: INTERNAL, correlationId } };
};

/** The message cannot say whether anything was recorded: the lost answer may be that of a commit. */
const UNAVAILABLE_MESSAGE =
  'A database that this needs does not answer now. Try again later; what is recorded with an idempotencyKey is recorded ' +
  'once, however often it is sent.';

/** Every engine gives its errors this code when its server could not be reached in time, and may come back. */
const isUnavailable = (error: unknown): boolean => {
  // Apollo Server wraps an error of the context.
  const cause = error instanceof GraphQLError ? error.originalError : error;
  return cause instanceof Error && 'code' in cause && cause.code === 'UNREACHABLE';
};

const codeIn = (error: unknown): string | null => {
  const code = (error as { extensions?: { code?: unknown } } | undefined)?.extensions?.code;
  return typeof code === 'string' ? code : null;
};

/** The code under which the client may see the error; null for an error that clients must not see. */
const publicCode = (error: GraphQLError, cause: GraphQLError): string | null => {
  const code = codeIn(error);
  // Validation gives all its errors one code. A scalar that refused a literal has given its error a more precise one.
  if (code === INVALID_DOCUMENT) return codeIn(error.originalError) ?? code;
  if (code !== null && code !== INTERNAL) return code;
  // graphql-js gives no code to the errors in a request that it finds during execution, but they name their nodes. Its errors
  // about values that our resolvers returned name none.
  return code === null && cause.nodes !== undefined ? BAD_INPUT : null;
};

/** A problem with the request: its code, the argument at fault, and the path of the field that reported it. */
const presentProblem = ({ message, code, argument }: RequestError, error: unknown): GraphQLFormattedError => ({
  ...(error instanceof GraphQLError ? error.toJSON() : {}),
  message,
  extensions: { code, argument },
});

/**
 * An error as clients may see it, over HTTP and over WebSockets. Errors that are meant for clients are shown, with the place
 * of the value at fault: a RequestError, a GraphQLError with extensions.code, and an error of graphql-js about the request.
 * Every other error is logged and masked.
 */
export const presentError = (error: unknown, logger: Logger): GraphQLFormattedError => {
  const cause = unwrapResolverError(error);
  if (cause instanceof RequestError) return presentProblem(cause, error);
  if (!(cause instanceof GraphQLError) || !(error instanceof GraphQLError)) return maskError(cause, logger);
  const code = publicCode(error, cause);
  if (code === null) return maskError(cause, logger);
  const { http: _http, ...extensions } = error.extensions;
  const place = error.path === undefined ? pathOfValue(error.nodes?.[0]) : null;
  const message = place === null ? error.message : `${place}: ${error.message}`;
  return { ...error.toJSON(), message, extensions: { ...extensions, code } };
};
