import { PeildatumError } from '../../events/errors/peildatum-error.js';

/** A line that is no event of ours in the JSON form of CloudEvents 1.0. The message says what is accepted instead. */
export class UnreadableEventError extends PeildatumError {
  readonly code = 'UNREADABLE_EVENT';
}
