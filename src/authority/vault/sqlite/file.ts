import { chmodSync, closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { DatabaseKind } from '../../../files/database-copy.js';
import { ExpectedError } from '../../../../events/errors/expected-error.js';
import { makeDirectory } from '../../../files/make-directory.js';

/** 'PEvt' as a number. It tells a vault from any other SQLite database, so it never changes. */
const APPLICATION_ID = 0x50457674;

/** The version of the tables below. */
const SCHEMA_VERSION = 1;

/** How long to wait for another process that writes, such as one that issues a token or erases an actor. */
const BUSY_TIMEOUT_MS = 5_000;

/** Only the user that runs the program may read people's names. */
const OWNER_ONLY_MODE = 0o600;

/**
 * `actor` has a row for every actor that ever had an entry. Of an erased actor only the id is kept, so that it is not taken for
 * a new one. `subject` holds the names under which identity providers know the actors.
 */
const ddl = `
  CREATE TABLE actor (
    id TEXT PRIMARY KEY,
    name TEXT,
    email TEXT,
    erased INTEGER NOT NULL DEFAULT 0,
    CHECK (erased = 0 OR (name IS NULL AND email IS NULL))
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE subject (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL REFERENCES actor (id),
    PRIMARY KEY (issuer, subject)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX subject_of_actor ON subject (actor);
`;

/** How a vault is recognised among other databases. */
export const vaultKind: DatabaseKind = {
  applicationId: APPLICATION_ID,
  schemaVersion: SCHEMA_VERSION,
  ddl,
  called: 'a vault',
};

const number = (db: Database.Database, pragma: string): number => Number(db.pragma(pragma, { simple: true }));

const isEmpty = (db: Database.Database): boolean => number(db, 'schema_version') === 0;

/** Refuses a file that is no vault, or a newer one, before anything is changed in it. */
function refuseForeignFile(db: Database.Database, file: string): void {
  if (number(db, 'application_id') !== (isEmpty(db) ? 0 : APPLICATION_ID)) {
    throw new ExpectedError(
      `'${file}' is a database, but not a vault; it was left as it is. Choose another file for the vault (VAULT_URL, DATA_DIR).`,
    );
  }
  if (number(db, 'user_version') > SCHEMA_VERSION) {
    throw new ExpectedError(
      `'${file}' was written by a newer release. Nothing was changed; start that release or a later one.`,
    );
  }
}

/** In an exclusive transaction, so that of several processes that start, one creates the tables and the others find them. */
function createIfEmpty(db: Database.Database): void {
  const create = db.transaction(() => {
    if (!isEmpty(db)) return;
    db.exec(`${ddl}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
  });
  if (isEmpty(db)) create.exclusive();
}

/**
 * Erased data must not live on in the files. So there is no write-ahead log, deleted data is overwritten, and temporary data
 * stays in memory.
 */
function configure(db: Database.Database): void {
  db.pragma('journal_mode = DELETE');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
}

const toVaultError = (file: string, error: unknown): unknown => {
  if (error instanceof ExpectedError || !(error instanceof Error) || !('code' in error)) return error;
  const damaged = error.code === 'SQLITE_NOTADB' || error.code === 'SQLITE_CORRUPT';
  const what = damaged ? 'is damaged or is no SQLite database. Restore a backup' : 'cannot be created or written';
  return new ExpectedError(`The vault '${file}' ${what}, or choose another file for the vault (VAULT_URL, DATA_DIR).`, {
    cause: error,
  });
};

/** Opens the vault's file for this user only, or creates it. @throws {ExpectedError} */
export function openVaultFile(file: string): Database.Database {
  try {
    makeDirectory(dirname(file));
    // SQLite would create the file with default permissions. Its journal gets the permissions of the file.
    closeSync(openSync(file, 'a', OWNER_ONLY_MODE));
    chmodSync(file, OWNER_ONLY_MODE);
    const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      refuseForeignFile(db, file);
      configure(db);
      createIfEmpty(db);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw toVaultError(file, error);
  }
}
