import { execFileSync } from 'node:child_process';
import { root, SCHEMA_FILE } from './schema-file.js';

/** A version of the printed schema that clients may rely on. */
export interface CommittedSchema {
  readonly revision: string;
  readonly sdl: string;
}

/** What git answers; null where it cannot: no repository, no such revision, no git. */
function git(...args: readonly string[]): string | null {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

/**
 * The versions that today's schema must not break: the committed one, and the one that SCHEMA_BASE names (the start of a
 * branch, a release). Without SCHEMA_BASE it is the one before the last change of the file, so that a break is still found
 * after it was committed.
 */
export function committedSchemas(base: string | undefined): readonly CommittedSchema[] {
  const [, previous] = (git('log', '-2', '--format=%H', '--', SCHEMA_FILE) ?? '').split('\n');
  const revisions = ['HEAD', base ?? previous ?? ''].filter((revision) => revision !== '');
  return revisions.flatMap((revision) => {
    const sdl = git('show', `${revision}:${SCHEMA_FILE}`);
    return sdl === null ? [] : [{ revision, sdl }];
  });
}
