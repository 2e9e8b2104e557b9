import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  createWriteStream,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExpectedError } from '../../events/errors/expected-error.js';

/** Waits until the disk has what was written to a file, or the names that a directory holds. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A name beside the file that nobody else writes to: what is under it is not whole, and never was. */
export const draftOf = (path: string): string => `${path}.partial-${randomBytes(4).toString('hex')}`;

const inWords: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is no directory',
  EACCES: 'this user may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

/** A failure of the file system in words, where there are words for it. */
export function unwritable(path: string, error: unknown): unknown {
  const words = error instanceof Error && 'code' in error ? inWords[String(error.code)] : undefined;
  return words === undefined ? error : new ExpectedError(`'${path}' cannot be written: ${words}.`, { cause: error });
}

/** What is renamed over a device or a pipe would replace it. */
function refuseNoFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) {
    throw new ExpectedError(`'${path}' is there and is no plain file; choose another name.`);
  }
}

/**
 * Writes a file as its content comes, one chunk in memory. Under its name it is there as it was before or whole, also when
 * the machine stops in the middle; what a killed process leaves has another name.
 */
export async function writeWholeFile(path: string, content: AsyncIterable<string>): Promise<void> {
  refuseNoFile(path);
  const draft = draftOf(path);
  try {
    await pipeline(
      Readable.from(content, { highWaterMark: 1 }),
      createWriteStream(draft, { flags: 'wx', flush: true }),
    );
    renameSync(draft, path);
    syncPath(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The same for a short text, at once. Only those may read it who may by the mode, from the beginning on. */
export function putWholeFile(path: string, text: string, mode: number): void {
  refuseNoFile(path);
  const draft = draftOf(path);
  try {
    writeFileSync(draft, text, { flag: 'wx', mode, flush: true });
    // What the mask of the process took away.
    chmodSync(draft, mode);
    renameSync(draft, path);
    syncPath(dirname(path));
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
}
