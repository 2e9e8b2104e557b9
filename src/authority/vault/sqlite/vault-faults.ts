import Database from 'better-sqlite3';
import { databaseFaults, openToInspect } from '../../../files/database-copy.js';
import { vaultKind } from './file.js';

/** The faults of a vault's file, each as a sentence that begins with 'it'. */
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
