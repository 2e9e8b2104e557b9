import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** The stable codes of requests that cannot be answered as asked. */
export type ProblemCode =
  | 'BAD_USER_INPUT'
  | 'CONTRADICTORY_MOMENT'
  | 'KNOWN_AT_IN_FUTURE'
  | 'POSITION_BEYOND_HEAD'
  | 'STALE'
  | 'UNKNOWN_PERIOD'
  | 'PERIOD_NOT_PUBLISHED'
  | 'UNKNOWN_SCALE'
  | 'UNKNOWN_LEVEL'
  | 'UNKNOWN_REGION'
  | 'UNKNOWN_PROJECT'
  | 'UNKNOWN_SUBJECT'
  | 'UNKNOWN_ORGANISATION'
  | 'UNKNOWN_REPORT'
  | 'UNKNOWN_TABLE'
  | 'UNKNOWN_EVENT'
  | 'SCALE_DOES_NOT_FIT'
  | 'UNSUPPORTED_AXIS'
  | 'QUERY_TOO_LARGE'
  | 'INVALID_AXIS'
  | 'INVALID_PAGE'
  | 'INVALID_CURSOR'
  | 'INVALID_ID';

/** A request that cannot be answered as asked: the argument that is at fault, and what to do instead. */
export class RequestError extends PeildatumError {
  constructor(
    readonly code: ProblemCode,
    /** The path of the argument: 'at.knownAt'. */
    readonly argument: string,
    message: string,
  ) {
    super(message);
  }
}
