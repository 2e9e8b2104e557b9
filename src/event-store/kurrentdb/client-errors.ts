import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { PeildatumError } from '../../../events/errors/peildatum-error.js';
import { StoreUnusableError } from '../errors.js';

/** The server has not answered in time: the client waits for ever for some answers. */
export class NoResponseError extends PeildatumError {
  readonly code = 'NO_RESPONSE';
}

const messageOf = (error: unknown): string => (error instanceof Error && error.message) || 'no answer';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const awayErrors = [
  UnavailableError,
  CancelledError,
  DeadlineExceededError,
  TimeoutError,
  NotLeaderError,
  NoResponseError,
];

// Of gRPC: cancelled, deadline exceeded, unavailable. The client wraps these in errors of its own, but not all of them.
const awayCodes: readonly unknown[] = [1, 4, 14, 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];

/** What the client's two ways to the server, and its search for a cluster, say without a code. */
const awayMessages =
  /(Failed to discover|ECONNREFUSED|ECONNRESET|Connection (dropped|refused|reset)|connection error|transport error|channel closed|stream (was )?(reset|closed)|broken pipe|tcp connect|client error|h2 protocol|GoAway|has been shut ?down|Channel has been closed|after (calling )?end|maximum retry|Unavailable)/i;

/** The certificate of one of the two is not trusted by the other, or there is no TLS where it was expected. */
const isUntrusted = (error: unknown): boolean =>
  /(certificate|self.signed|SSL routines|wrong version number|UnknownIssuer|InvalidContentType)/i.test(
    messageOf(error),
  );

/** The server does not answer, or does not lead any more. It may yet, so trying again makes sense. */
export const isUnreachable = (error: unknown): boolean =>
  awayErrors.some((kind) => error instanceof kind) ||
  awayCodes.includes(codeOf(error)) ||
  (error instanceof Error && !(error instanceof StoreUnusableError) && awayMessages.test(error.message));

/** The stream is elsewhere: nothing was written. */
export const isConflict = (error: unknown): error is WrongExpectedVersionError =>
  error instanceof WrongExpectedVersionError;

/** The server has read the append and does not take it: nothing was written, and nothing of it is still on its way. */
export const isRefusal = (error: unknown): boolean =>
  [WrongExpectedVersionError, AccessDeniedError, MaxAppendSizeExceededError, NotLeaderError, StreamDeletedError].some(
    (kind) => error instanceof kind,
  );

export const isNotFound = (error: unknown): boolean => error instanceof StreamNotFoundError;

/** A failure in words that name the place and the remedy; any other error as it is. */
export function toStoreError(place: string, error: unknown): unknown {
  if (error instanceof StoreUnusableError) return error;
  const say = (kind: StoreUnusableError['code'], text: string): StoreUnusableError =>
    new StoreUnusableError(kind, `The log at ${place} ${text}: ${messageOf(error)}.`, { cause: error });
  if (error instanceof AccessDeniedError || codeOf(error) === 7 || codeOf(error) === 16) {
    return say('REFUSED', 'may not be used. Correct the user and the password in EVENT_STORE_URL, or grant the rights');
  }
  if (error instanceof MaxAppendSizeExceededError) {
    return say('UNSUPPORTED', 'is on a server that takes less than a megabyte at once. Raise its MaxAppendSize');
  }
  if (error instanceof StreamDeletedError) return say('CORRUPT', 'was deleted. Restore a backup of its server');
  if (isUnreachable(error) && isUntrusted(error)) {
    return say('REFUSED', 'cannot be trusted. Correct tls, tlsCAFile and tlsVerifyCert in EVENT_STORE_URL');
  }
  if (isUnreachable(error))
    return say('UNREACHABLE', 'cannot be reached. Start its server, or correct EVENT_STORE_URL');
  return error;
}
