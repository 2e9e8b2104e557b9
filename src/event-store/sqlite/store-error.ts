import Database from 'better-sqlite3';
import { StoreUnusableError } from '../errors.js';

const codeOf = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : '');

/** Another process holds the lock that this one waits for. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

/** Error codes of SQLite and of the file system, with the store error and the remedy for each. */
const failures: readonly (readonly [RegExp, StoreUnusableError['code'], string])[] = [
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'CORRUPT',
    'is damaged or is no SQLite database. Restore a backup, or choose another file for the log (EVENT_STORE_URL, DATA_DIR).',
  ],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST|ENOENT|ENAMETOOLONG)/,
    'NOT_WRITABLE',
    'cannot be created or written. Give this user the right to write it and its directory, or choose another file for the log (EVENT_STORE_URL, DATA_DIR).',
  ],
  [
    /^(SQLITE_FULL|ENOSPC)/,
    'NOT_WRITABLE',
    'cannot grow: the disk is full. Nothing was appended. Make room and try again.',
  ],
  [/^SQLITE_IOERR/, 'NOT_WRITABLE', 'could not be read or written: the disk reported an error. Check the disk.'],
  [
    /^SQLITE_BUSY/,
    'NOT_WRITABLE',
    'is kept locked by another process. Nothing was appended. Wait for that process or stop it, and try again.',
  ],
];

function inWords(file: string, error: unknown, code: string): unknown {
  const [, kind, text] = failures.find(([pattern]) => pattern.test(code)) ?? [];
  return kind === undefined ? error : new StoreUnusableError(kind, `'${file}' ${text}`, { cause: error });
}

/** A StoreUnusableError that names the file and a remedy. An error that is not SQLite's is returned as it is. */
export const toStoreError = (file: string, error: unknown): unknown => inWords(file, error, codeOf(error));

/**
 * Runs the opening of a log. Turns errors of the file system into store errors too, which later need not be about the
 * log.
 */
export function withStoreErrors<T>(file: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw inWords(file, error, code);
  }
}
