import { existsSync } from 'node:fs';
import { ExpectedError } from '../../events/errors/expected-error.js';

/** The name of a restored file that is not in its place yet. The log's is the last to go. */
export const stagingPathOf = (path: string): string => `${path}.restoring`;

/** An empty log must not be begun where one was about to be put. @throws {ExpectedError} */
export function refuseUnfinishedRestore(log: string): void {
  const staged = stagingPathOf(log);
  if (!existsSync(staged)) return;
  throw new ExpectedError(
    `'${staged}' is there: a backup is being restored, or that was broken off. If it was, empty the directory and ` +
      `restore again.`,
  );
}
