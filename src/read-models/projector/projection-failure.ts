import { DeterministicEventError, isDeterministicFailure } from '../../../events/errors/event-errors.js';
import { isDatabaseFailure } from '../database/database-failure.js';

/** An event cannot be projected: a fold fails on it, the database refuses its rows, or the log holds no JSON for its data. */
export class ProjectionError extends DeterministicEventError {
  readonly code = 'PROJECTION_FAILED';

  constructor(cause: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause), { cause });
  }
}

/**
 * What a fold threw, as a failure of the event or of the database. A fold uses events and the read database and nothing else:
 * what is no failure of the database would fail again in the same way.
 */
export const toProjectionFailure = (error: unknown): unknown =>
  isDeterministicFailure(error) || isDatabaseFailure(error) ? error : new ProjectionError(error);

/** Reads events of the log. @throws {ProjectionError} where the data of one of them is no JSON */
export async function readEvents<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof SyntaxError ? new ProjectionError(error) : error;
  }
}
