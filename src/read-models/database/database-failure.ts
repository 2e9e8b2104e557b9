import Database from 'better-sqlite3';
import { isRefusedData as isRefusedByServer, isServerError, serverProblemOf } from '../../postgres/server-errors.js';
import { ReadDatabaseUnusableError } from './errors.js';

/** A constraint, a text where a number belongs, or more than SQLite takes. */
const refusedByFile = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** Whether the database refuses the rows themselves, which it would do again. */
export const isRefusedData = (error: unknown): boolean =>
  error instanceof Database.SqliteError ? refusedByFile.test(error.code) : isRefusedByServer(error);

/** An error of the operating system, such as a connection that was reset. */
const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Whether the database failed, whatever it was asked: it is locked, full, damaged or away. Another attempt may succeed. */
export const isDatabaseFailure = (error: unknown): boolean =>
  !isRefusedData(error) &&
  (error instanceof ReadDatabaseUnusableError ||
    error instanceof Database.SqliteError ||
    isServerError(error) ||
    isSystemError(error));

/** Whether another process held a lock for longer than the database waits. Another attempt may succeed. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof ReadDatabaseUnusableError && serverProblemOf(error.cause) === 'LOCK_TIMEOUT';
