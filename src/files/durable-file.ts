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

/** Waits until the content of a file, or the entries of a directory, are on the disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A name beside the file that no other process writes to. What is found under such a name is not whole, and never was. */
export const temporaryPath = (path: string): string => `${path}.partial-${randomBytes(4).toString('hex')}`;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is no directory',
  EACCES: 'this user may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
};

/** The error of a write that failed, with the reason in words. An error without a known reason is returned as it is. */
export function toWriteError(path: string, error: unknown): unknown {
  const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
  return reason === undefined ? error : new ExpectedError(`'${path}' cannot be written: ${reason}.`, { cause: error });
}

/** A file that is renamed over a device or a pipe replaces it. @throws {ExpectedError} where the path is one */
function checkPlainFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) {
    throw new ExpectedError(`'${path}' is there and is no plain file; choose another name.`);
  }
}

/**
 * Writes a file durably while its content is produced, with one chunk in memory. Even after a crash, the path holds either the
 * old content or all of the new. A process that is killed leaves a file with a temporary name.
 * @throws {ExpectedError} where the file cannot be written, for a known reason
 */
export async function writeFileAtomically(path: string, content: AsyncIterable<string>): Promise<void> {
  checkPlainFile(path);
  const temporary = temporaryPath(path);
  try {
    await pipeline(
      Readable.from(content, { highWaterMark: 1 }),
      createWriteStream(temporary, { flags: 'wx', flush: true }),
    );
    renameSync(temporary, path);
    syncPath(dirname(path));
  } catch (error) {
    throw toWriteError(path, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Writes a short text durably, in one call. Even after a crash, the path holds either the old content or all of the new.
 * @param mode the file's permissions, which hold from the moment it is created
 * @throws {ExpectedError} where the file cannot be written, for a known reason
 */
export function writeFileAtomicallySync(path: string, text: string, mode: number): void {
  checkPlainFile(path);
  const temporary = temporaryPath(path);
  try {
    writeFileSync(temporary, text, { flag: 'wx', mode, flush: true });
    // The umask of the process may have taken permissions away.
    chmodSync(temporary, mode);
    renameSync(temporary, path);
    syncPath(dirname(path));
  } catch (error) {
    throw toWriteError(path, error);
  } finally {
    rmSync(temporary, { force: true });
  }
}
