import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it, where they are missing. The `recursive` option of Node's own call does not return
 * where a file system refuses a new entry as not found, as /proc does: it would try for ever.
 */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process that starts may have been faster.
    if (!existsSync(path)) throw error;
  }
}
