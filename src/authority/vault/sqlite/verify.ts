import Database from 'better-sqlite3';
import { databaseFaults, openToInspect } from '../../../files/database-copy.js';
import { vaultKind } from './file.js';

/** What is wrong with a vault's file, in sentences about 'it'. */
export function vaultFaults(file: string): string[] {
  let db: Database.Database | undefined;
  try {
    db = openToInspect(file);
    return databaseFaults(db, vaultKind);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return [`it is damaged or is no SQLite database (${error.message})`];
  } finally {
    db?.close();
  }
}
