import Database from 'better-sqlite3';
import { isRefusedData as isRefusedByServer } from '../../postgres/trouble.js';

/** A constraint, a text where a number belongs, or more than SQLite takes. */
const refusedByFile = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** Whether the database refused the rows themselves, which it would do again, and not only now. */
export const isRefusedData = (error: unknown): boolean =>
  error instanceof Database.SqliteError ? refusedByFile.test(error.code) : isRefusedByServer(error);
