/**
 * The vault, and how it came to be: each entry makes the tables of one version out of those of the version before. What has
 * been released is never changed; what is to be different is a new entry.
 *
 * `actor` has a row for everybody who ever had an entry: of somebody who was erased, that and nothing else is kept, so that
 * their id is not taken for a new one. `subject` is how identity providers call them; its key is what gives one id to those
 * who meet the same person at the same time. The planner's statistics would hold names that many have, also after they were
 * erased, so there are none of these columns.
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
