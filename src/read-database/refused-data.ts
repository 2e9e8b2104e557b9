import Database from 'better-sqlite3';
import { isRefusedData as isRefusedByServer } from '../postgres/trouble.js';

/** Whether the database refused the rows themselves, which it would do again, and not only now. */
export const isRefusedData = (error: unknown): boolean =>
  error instanceof Database.SqliteError ? error.code.startsWith('SQLITE_CONSTRAINT') : isRefusedByServer(error);
