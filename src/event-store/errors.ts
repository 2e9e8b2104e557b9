import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** The last event was recorded more than five seconds in the future of this machine's clock (time rule 7). */
export class ClockBehindError extends PeildatumError {
  readonly code = 'CLOCK_BEHIND';

  constructor(lastRecordedAt: string, clock: string) {
    super(
      `The log's last event was recorded at ${lastRecordedAt}, but this machine's clock says ${clock}. ` +
        `Set the clock right; nothing was appended.`,
    );
  }
}

/**
 * A history that cannot be loaded as it is. `index` is the place of the offending event in it, from 0. UNSTORABLE: the event
 * itself is not one that a log can hold; `cause` is then the InvalidEventError, if its form is the reason.
 */
export class HistoryRefusedError extends PeildatumError {
  constructor(
    readonly index: number,
    readonly code: 'EVENT_DIFFERS' | 'OUT_OF_ORDER' | 'IN_FUTURE' | 'LOG_IS_LIVE' | 'PLACE_DIFFERS' | 'UNSTORABLE',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The file or server behind the URL is not a Peildatum log, or is damaged, or cannot be used as configured. ABSENT: there is
 * none, and none was to be begun. UNREACHABLE: the server does not answer now, and may later. REFUSED: it answers, and lets
 * nobody in with these credentials.
 */
export class StoreUnusableError extends PeildatumError {
  constructor(
    readonly code:
      | 'NOT_WRITABLE'
      | 'FOREIGN'
      | 'CORRUPT'
      | 'TOO_NEW'
      | 'UNSUPPORTED'
      | 'ABSENT'
      | 'UNREACHABLE'
      | 'REFUSED',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
