/** The code and the text of a close frame. */
export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** The reasons of our own, beyond those of the protocol graphql-transport-ws. docs/live.md tells clients what to do then. */
export const CLOSE_REASONS = {
  goingAway: { code: 1001, reason: 'Going away' },
  tooManyOperations: { code: 4400, reason: 'Too many operations at one time' },
  unauthorized: { code: 4401, reason: 'Unauthorized' },
  expired: { code: 4403, reason: 'Token expired' },
  internalError: { code: 4500, reason: 'Internal error' },
} as const satisfies Record<string, CloseReason>;

/** @param resumeAfter the position after which the client resumes; null where it subscribed to nothing */
export const slowConsumer = (resumeAfter: number | null): CloseReason => ({
  code: 4290,
  reason: resumeAfter === null ? 'Slow consumer' : `Slow consumer: resume after position ${resumeAfter}`,
});

/** A close frame has room for so much text (RFC 6455, 5.5). */
const MAX_REASON_BYTES = 123;

/** Cuts a text to what a close frame has room for. */
export const truncateReason = (reason: string): string =>
  Buffer.byteLength(reason) <= MAX_REASON_BYTES ? reason : `${reason.slice(0, 30).toWellFormed()}…`;
