/** Why a connection is closed. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Why we close a connection, beyond the codes of the protocol graphql-transport-ws. docs/live.md tells what to do then. */
export const CLOSE = {
  goingAway: { code: 1001, reason: 'Going away' },
  tooManyOperations: { code: 4400, reason: 'Too many operations at one time' },
  unauthorized: { code: 4401, reason: 'Unauthorized' },
  expired: { code: 4403, reason: 'Token expired' },
  internalError: { code: 4500, reason: 'Internal error' },
} as const satisfies Record<string, Closing>;

/** @param resumeAfter null where nothing was subscribed to */
export const tooSlow = (resumeAfter: number | null): Closing => ({
  code: 4290,
  reason: resumeAfter === null ? 'Slow consumer' : `Slow consumer: resume after position ${resumeAfter}`,
});

/** RFC 6455, 5.5: a close frame has room for 123 bytes of reason. */
const MAX_REASON_BYTES = 123;

export const fittingReason = (reason: string): string =>
  Buffer.byteLength(reason) <= MAX_REASON_BYTES ? reason : `${reason.slice(0, 30).toWellFormed()}…`;
