import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { syncPath } from './durable-file.js';

/** How long to wait for another process that writes to the database. */
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Copies a consistent snapshot of a database, which others may read and write meanwhile, into a new file that only its owner
 * may read. The copy has no write-ahead log, and holds nothing of what was deleted.
 */
export function copyDatabase(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600));
  const db = new Database(from, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  syncPath(to);
}

/** What a database of one kind must look like. */
export interface DatabaseKind {
  readonly applicationId: number;
  /** The newest version that this program can read. */
  readonly schemaVersion: number;
  /** The statements that make its tables. */
  readonly ddl: string;
  /** Completes the sentence "It is …". */
  readonly called: string;
}

/** Checks a database before anything in it is trusted. Returns what is wrong, as clauses whose subject is 'it'. */
export function databaseFaults(db: Database.Database, kind: DatabaseKind): string[] {
  if (number(db, 'application_id') !== kind.applicationId) return [`it is a database, but not ${kind.called}`];
  if (number(db, 'user_version') > kind.schemaVersion) return ['it was written by a newer release of this program'];
  const complaints = db.pragma('integrity_check(5)') as { integrity_check: string }[];
  const damage = complaints.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  if (damage.length > 0) return damage.map((text) => `it is damaged: ${text}`);
  if (schemaOf(db) !== expectedSchema(kind)) return ['its tables, indexes or triggers are not those of this program'];
  const dangling = db.pragma('foreign_key_check') as { table: string }[];
  return [...new Set(dangling.map(({ table }) => `rows of its table '${table}' name others that are not there`))];
}

/** Opens a database for reading only. */
export function openToInspect(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  try {
    // The file may come from somebody else, with functions in its schema that do harm.
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const number = (db: Database.Database, pragma: string): number => Number(db.pragma(pragma, { simple: true }));

/** The schema with white space normalised: how a statement is laid out does not matter. */
const schemaOf = (db: Database.Database): string =>
  JSON.stringify(
    db
      .prepare<[], readonly (string | null)[]>(
        'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name',
      )
      .raw()
      .all()
      .map((row) => row.map((text) => text?.replaceAll(/\s+/g, ' ') ?? null)),
  );

function expectedSchema({ ddl }: DatabaseKind): string {
  const db = new Database(':memory:');
  try {
    db.exec(ddl);
    return schemaOf(db);
  } finally {
    db.close();
  }
}
