import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../../events/errors/expected-error.js';

/** The entries of a new file system. */
const IGNORED_NAMES: ReadonlySet<string> = new Set(['lost+found']);

const MAX_LISTED_PATH_COUNT = 10;

const contentOf = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => !IGNORED_NAMES.has(name))
        .map((name) => join(directory, name))
    : [];

/** The entries of the directories, and those of the other paths that exist. */
function findOccupiedPaths(directories: readonly string[], paths: readonly string[]): string[] {
  const existing = paths.filter((path) => existsSync(path));
  return [...new Set([...directories.flatMap(contentOf), ...existing])];
}

/** @throws {ExpectedError} when a directory is not empty or when one of the other paths exists */
export function refuseOccupiedPaths(directories: readonly string[], paths: readonly string[]): void {
  const found = findOccupiedPaths(directories, paths);
  if (found.length === 0) return;
  const more = found.length - MAX_LISTED_PATH_COUNT;
  const listed = more > 0 ? [...found.slice(0, MAX_LISTED_PATH_COUNT), `and ${more} more`] : found;
  throw new ExpectedError(
    `A backup is restored into an empty place only, and these exist: ${listed.join(', ')}. ` +
      `Move them away, or restore with another DATA_DIR. Nothing was restored.`,
  );
}
