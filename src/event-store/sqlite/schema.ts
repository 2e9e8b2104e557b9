/** 'PEIL' in the file's header: what tells a Peildatum log from any other SQLite database. Never changes. */
export const APPLICATION_ID = 0x5045494c;

/**
 * The log, and how it came to be: each entry makes the tables of one version out of those of the version before. What has
 * been released is never changed; what is to be different is a new entry.
 *
 * An event is a row that is never changed or removed; `hash` is the RFC 6962 leaf hash of the stored event.
 *
 * `stream` holds the one thing that changes, each stream's last revision: comparing and setting it is what makes an
 * expected revision hold. `request` remembers under which idempotency key events were appended; it names the first of
 * them only, since they stand together and bear the key, and a history may go on where a shorter one broke off.
 *
 * `subtree` holds hashes of the Merkle tree over the events: those of its complete subtrees of 256 leaves and more, the
 * idx-th of each level. They follow from the hashes of the events. `checkpoint` holds what was signed of the tree.
 *
 * The triggers keep programs from mistakes, not attackers from the file; for those there are the hashes. INSERT OR REPLACE
 * gets past them where recursive_triggers is off: a trigger before each insert would see it, and double the time of a load.
 *
 * Every index on `event` ends in the position (the rowid), so a question for a type, a stream or a correlation id is
 * answered in log order and between two positions by a seek.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE stream (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stream TEXT NOT NULL REFERENCES stream (name),
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_at_stated INTEGER NOT NULL,
    appended_at TEXT NOT NULL,
    actor TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT,
    idempotency_key TEXT,
    request_digest TEXT,
    data TEXT NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;

  CREATE INDEX event_by_stream ON event (stream);
  CREATE INDEX event_by_type ON event (type);
  CREATE INDEX event_by_correlation ON event (correlation_id);
  CREATE INDEX event_by_recorded_at ON event (recorded_at);

  CREATE TABLE request (
    idempotency_key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    first_position INTEGER NOT NULL REFERENCES event (position)
  ) STRICT, WITHOUT ROWID;

  CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'An event is never changed.'); END;

  CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'An event is never removed.'); END;

  CREATE TRIGGER request_is_never_changed BEFORE UPDATE ON request
  BEGIN SELECT RAISE(ABORT, 'A request is never changed.'); END;

  CREATE TRIGGER request_is_never_removed BEFORE DELETE ON request
  BEGIN SELECT RAISE(ABORT, 'A request is never removed.'); END;
  `,
  `
  CREATE TABLE subtree (
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, idx)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checkpoint (
    number INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT NOT NULL
  ) STRICT;

  CREATE INDEX checkpoint_by_size ON checkpoint (size);

  CREATE TRIGGER subtree_is_never_changed BEFORE UPDATE ON subtree
  BEGIN SELECT RAISE(ABORT, 'A hash of the tree is never changed.'); END;

  CREATE TRIGGER subtree_is_never_removed BEFORE DELETE ON subtree
  BEGIN SELECT RAISE(ABORT, 'A hash of the tree is never removed.'); END;

  CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'A checkpoint is never changed.'); END;

  CREATE TRIGGER checkpoint_is_never_removed BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'A checkpoint is never removed.'); END;
  `,
];

/** The version of the tables of this release, kept in the file's header (user_version). */
export const SCHEMA_VERSION = migrations.length;

/** The version of the tables that has the tree and checkpoints. */
export const TREE_SINCE = 2;

/** The statements that lead from the tables of one version (0: none) to those of another. */
export const ddlBetween = (from: number, to: number): string => migrations.slice(from, to).join('');

/** The statements that make the tables of this release. */
export const ddl = ddlBetween(0, SCHEMA_VERSION);

/** What the tables of a version are made of, by name; what SQLite adds of its own is not among it. */
export const objectsOf = (version: number): readonly string[] =>
  [...ddlBetween(0, version).matchAll(/CREATE (?:TABLE|INDEX|TRIGGER) (\w+)/g)].map((match) => match[1] ?? '');
