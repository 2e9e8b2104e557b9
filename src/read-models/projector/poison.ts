import { isDeterministicFailure } from '../../../events/errors/event-errors.js';
import { isRefusedData } from '../database/refused-data.js';

/**
 * Whether an error is the event's fault, so that trying again would fail again: data that its schema or the history before
 * it does not allow, or a mistake in a fold. Anything else (a locked file, a full disk, a server that is away) passes, and is tried again.
 */
export function isPoison(error: unknown): error is Error {
  if (isDeterministicFailure(error)) return true;
  return error instanceof Error && (isRefusedData(error) || !('code' in error));
}
