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

/** Logs what went wrong in here and returns the only thing that a client may know of it. */
export const maskError = (error: unknown, logger: Logger): GraphQLFormattedError => {
  const correlationId = randomUUID();
  logger.error({ err: error, correlationId }, 'Internal error');
  return isAway(error)
    ? { message: TRY_AGAIN, extensions: { code: UNAVAILABLE, correlationId } }
    : { message: 'Internal error', extensions: { code: INTERNAL, correlationId } };
};

/** Whether it was recorded is not always known: the answer to a commit may be what was lost. */
const TRY_AGAIN =
  'A database that this needs does not answer now. Try again later; what is recorded with an idempotencyKey is recorded ' +
  'once, however often it is sent.';

/** Every engine has this code for a server that was waited for in vain, and may come back. */
const isAway = (error: unknown): boolean => {
  // What the context failed with is wrapped.
  const cause = error instanceof GraphQLError ? error.originalError : error;
  return cause instanceof Error && 'code' in cause && cause.code === 'UNREACHABLE';
};

const codeIn = (error: unknown): string | null => {
  const code = (error as { extensions?: { code?: unknown } } | undefined)?.extensions?.code;
  return typeof code === 'string' ? code : null;
};

/** The code under which the client may see the error; null when it is not the client's business. */
const publicCode = (error: GraphQLError, cause: GraphQLError): string | null => {
  const code = codeIn(error);
  // Validation gives all its errors one code. A scalar that refused a literal had a better one.
  if (code === INVALID_DOCUMENT) return codeIn(error.originalError) ?? code;
  if (code !== null && code !== INTERNAL) return code;
  // graphql-js gives no code to complaints about the document or the variables that it meets while executing, but names
  // the place. What it says of a value that we returned names none.
  return code === null && cause.nodes !== undefined ? BAD_INPUT : null;
};

/** A problem with the request, with its code and the argument at fault, where in the answer it was met. */
const presentProblem = ({ message, code, argument }: RequestError, met: unknown): GraphQLFormattedError => ({
  ...(met instanceof GraphQLError ? met.toJSON() : {}),
  message,
  extensions: { code, argument },
});

/**
 * An error as a client may see it, whatever it was: what was made for clients (a RequestError, a GraphQLError with
 * extensions.code, or graphql-js's complaint about the request) goes out, with the place of the value that it is about;
 * everything else is logged and replaced. HTTP and subscriptions answer with this one.
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
