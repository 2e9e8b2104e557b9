import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { syncPath } from './durable-file.js';

/** How long to wait for who writes to the database at the time, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Copies a database as it is at one moment, while others read and write it, into a new file that only its owner may read.
 * The copy is one file without a write-ahead log, and holds nothing of what was deleted.
 */
export function copyDatabase(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600));
  const db = new Database(from, { fileMustExist: true, timeout: PATIENCE });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  syncPath(to);
}

/** What tells a kind of database from others. */
export interface DatabaseKind {
  readonly applicationId: number;
  /** The version that this program knows. */
  readonly schemaVersion: number;
  /** The statements that make its tables. */
  readonly ddl: string;
  /** Completes the sentence "It is …". */
  readonly called: string;
}

/** What is wrong with a database, in sentences about 'it', before anything in it is believed. */
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

/** Opens a database to look at, and to change nothing. */
export function openToInspect(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: PATIENCE });
  try {
    // It may have been made by somebody else.
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const number = (db: Database.Database, pragma: string): number => Number(db.pragma(pragma, { simple: true }));

/** How the statements are laid out on their lines is of no account. */
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
