import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a new file system has in it by itself. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['lost+found']);

const MOST_NAMED = 10;

const contentOf = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => !ALWAYS_THERE.has(name))
        .map((name) => join(directory, name))
    : [];

/** What directories hold, and which of the other paths exist: some of them, and how many more. */
export function findOccupiedPaths(directories: readonly string[], paths: readonly string[]): string[] {
  const existing = paths.filter((path) => existsSync(path));
  const found = [...new Set([...directories.flatMap(contentOf), ...existing])];
  const more = found.length - MOST_NAMED;
  return more > 0 ? [...found.slice(0, MOST_NAMED), `and ${more} more`] : found;
}
