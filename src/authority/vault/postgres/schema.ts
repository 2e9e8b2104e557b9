/**
 * The migrations of the vault: each makes the tables of one version from those of the version before. A released migration is
 * never changed; a change is a new migration.
 *
 * `actor` has a row for every actor that ever had an entry. Of an erased actor only the id is kept, so that it is not taken for
 * a new one. `subject` holds the names under which identity providers know the actors; its key makes concurrent processes agree
 * on one id for a subject. Columns with personal data have no statistics, because those would keep common values after an
 * erasure.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE actor (
    id text COLLATE "C" PRIMARY KEY,
    name text COLLATE "C",
    email text COLLATE "C",
    erased boolean NOT NULL DEFAULT false,
    CHECK (NOT erased OR (name IS NULL AND email IS NULL))
  );
  ALTER TABLE actor ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN email SET STATISTICS 0;

  CREATE TABLE subject (
    issuer text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL REFERENCES actor (id),
    PRIMARY KEY (issuer, subject)
  );
  CREATE INDEX subject_of_actor ON subject (actor);
  ALTER TABLE subject ALTER COLUMN subject SET STATISTICS 0;
  `,
];
