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

/** The server did not answer in time. The client itself waits for ever for some answers. */
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

/** Messages without a code, from the client's two transports and from its cluster discovery. */
const awayMessages =
  /(Failed to discover|ECONNREFUSED|ECONNRESET|Connection (dropped|refused|reset)|connection error|transport error|channel closed|stream (was )?(reset|closed)|broken pipe|tcp connect|client error|h2 protocol|GoAway|has been shut ?down|Channel has been closed|after (calling )?end|maximum retry|Unavailable)/i;

/** One side does not trust the certificate of the other, or one expects TLS and the other does not. */
const isUntrusted = (error: unknown): boolean =>
  /(certificate|self.signed|SSL routines|wrong version number|UnknownIssuer|InvalidContentType)/i.test(
    messageOf(error),
  );

/** The server does not answer, or is no longer the leader. Another attempt may succeed. */
export const isUnreachable = (error: unknown): boolean =>
  awayErrors.some((kind) => error instanceof kind) ||
  awayCodes.includes(codeOf(error)) ||
  (error instanceof Error && !(error instanceof StoreUnusableError) && awayMessages.test(error.message));

/** The stream has another revision than expected: nothing was written. */
export const isConflict = (error: unknown): error is WrongExpectedVersionError =>
  error instanceof WrongExpectedVersionError;

/** The server rejected the append: nothing of it was written or will be. */
export const isRefusal = (error: unknown): boolean =>
  [WrongExpectedVersionError, AccessDeniedError, MaxAppendSizeExceededError, NotLeaderError, StreamDeletedError].some(
    (kind) => error instanceof kind,
  );

export const isNotFound = (error: unknown): boolean => error instanceof StreamNotFoundError;

/** A StoreUnusableError that names the log and a remedy. An error that is not the server's is returned as it is. */
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
