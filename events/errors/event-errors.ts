import { PeildatumError } from './peildatum-error.js';

/**
 * An event is at fault: it fails in the same way however often it is tried, here and in every other process of this release.
 * Only the class says so. An error without a code can come from anywhere, and one with a code may come from a mistake as well.
 */
export abstract class DeterministicEventError extends PeildatumError {}

export const isDeterministicFailure = (error: unknown): error is DeterministicEventError =>
  error instanceof DeterministicEventError;

/** The data does not have the form that its type and version promise; or the type or version is unknown to this program. */
export class InvalidEventError extends DeterministicEventError {
  readonly code = 'INVALID_EVENT';

  constructor(
    message: string,
    /** The path of the first field of the data that is at fault, from the outside in; empty where it is the data as a whole. */
    readonly field: readonly string[] = [],
  ) {
    super(message);
  }
}

/** An event that passed its schema, but says something that the history before it does not allow. */
export class UnplaceableEventError extends DeterministicEventError {
  readonly code = 'UNPLACEABLE_EVENT';
}
