import Database from 'better-sqlite3';
import { InvalidEvent } from '../../events/registry.js';

/**
 * Whether an error is the event's fault, so that trying again would fail again: data that its schema or the history before
 * it does not allow, or a mistake in a fold. Anything else (a locked file, a full disk) passes, and is tried again.
 */
export function isPoison(error: unknown): error is Error {
  if (error instanceof InvalidEvent) return true;
  if (error instanceof Database.SqliteError) return error.code.startsWith('SQLITE_CONSTRAINT');
  return error instanceof Error && !('code' in error);
}
