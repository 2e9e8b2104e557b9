import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** The last event was recorded more than five seconds later than this machine's clock says (time rule 7). */
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
 * A history that cannot be loaded. `index` is the place in it of the event at fault, from 0. UNSTORABLE: no log can
 * hold the event; `cause` is the InvalidEventError if its form is the reason.
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
 * The file or server that the URL names cannot be used as a log: it holds something else, is damaged, or is not
 * configured for it. ABSENT: there is no log, and none was to be created. UNREACHABLE: the server does not answer
 * now; it may later. REFUSED: the server does not accept the credentials.
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
