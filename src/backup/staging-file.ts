import { existsSync, rmSync } from 'node:fs';
import { ExpectedError } from '../../events/errors/expected-error.js';

/** The path of a restored file before it is moved to its place. */
export const stagingPathOf = (path: string): string => `${path}.restoring`;

/**
 * Refuses to start on a log that is not restored completely: an empty log would be created in its place. The log is the last
 * file that a restore moves. @throws {ExpectedError}
 */
export function refuseUnfinishedRestore(log: string): void {
  const staged = stagingPathOf(log);
  if (!existsSync(staged)) return;
  throw new ExpectedError(
    `'${staged}' exists: a backup is being restored, or a restore was interrupted. After an interruption, empty the ` +
      `directory and restore again.`,
  );
}

/** Removes the files that SQLite creates beside a database that was opened to verify it. */
export function removeSqliteSideFiles(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Removes a staged file and what SQLite created beside it. */
export function removeStagedFile(path: string): void {
  rmSync(path, { force: true });
  removeSqliteSideFiles(path);
}
