/**
 * The log, and how it came to be: each entry makes the tables of one version out of those of the version before. What has
 * been released is never changed; what is to be different is a new entry.
 *
 * An event is a row that is never changed or removed; `hash` is the RFC 6962 leaf hash of the stored event. Text is compared
 * byte by byte (COLLATE "C"), whatever the language of the database; data is text, not jsonb, which would lose the order of
 * names and how numbers were written.
 *
 * `log_end` is the one row that everybody who appends locks, so that positions follow the order of commits without gaps.
 * `stream` holds each stream's last revision: comparing and setting it is what makes an expected revision hold. `request`
 * remembers under which idempotency key events were appended; it names the first of them only, since they stand together
 * and bear the key, and a history may go on where a shorter one broke off. Foreign keys would say nothing new: one
 * statement writes events together with their streams, and checking each event again would slow down a load.
 *
 * `subtree` holds hashes of the Merkle tree over the events: those of its complete subtrees of 256 leaves and more, the
 * idx-th of each level. They follow from the hashes of the events. `checkpoint` holds what was signed of the tree.
 *
 * The triggers keep programs from mistakes, not administrators from the tables; for those there are the hashes.
 *
 * Every index on `event` ends in the position, so a question for a type, a stream or a correlation id is answered in log
 * order and between two positions by a seek.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE log_end (
    position bigint NOT NULL,
    recorded_at text COLLATE "C"
  ) WITH (fillfactor = 50);
  CREATE UNIQUE INDEX log_has_one_end ON log_end ((true));
  INSERT INTO log_end (position) VALUES (0);

  CREATE TABLE stream (
    name text COLLATE "C" PRIMARY KEY,
    revision integer NOT NULL
  ) WITH (fillfactor = 80);

  CREATE TABLE event (
    position bigint PRIMARY KEY,
    id uuid NOT NULL,
    revision integer NOT NULL,
    schema_version integer NOT NULL,
    recorded_at_stated boolean NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    appended_at text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    type text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    causation_id text COLLATE "C",
    idempotency_key text COLLATE "C",
    request_digest text COLLATE "C",
    data text COLLATE "C" NOT NULL,
    hash bytea NOT NULL
  );
  CREATE UNIQUE INDEX event_by_id ON event (id);
  CREATE UNIQUE INDEX event_by_revision ON event (stream, revision);
  CREATE INDEX event_by_stream ON event (stream, position);
  CREATE INDEX event_by_type ON event (type, position);
  CREATE INDEX event_by_correlation ON event (correlation_id, position);
  CREATE INDEX event_by_recorded_at ON event (recorded_at, position);

  CREATE TABLE request (
    idempotency_key text COLLATE "C" PRIMARY KEY,
    digest text COLLATE "C" NOT NULL,
    first_position bigint NOT NULL
  );

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'What the log holds is never changed or removed (% of %).', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER request_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER log_end_is_never_removed BEFORE DELETE OR TRUNCATE ON log_end
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  ALTER TABLE event ENABLE ALWAYS TRIGGER event_is_never_changed;
  ALTER TABLE request ENABLE ALWAYS TRIGGER request_is_never_changed;
  `,
  `
  CREATE TABLE subtree (
    level smallint NOT NULL,
    idx bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (level, idx)
  );

  CREATE TABLE checkpoint (
    number integer PRIMARY KEY,
    size bigint NOT NULL,
    note text COLLATE "C" NOT NULL
  );
  CREATE INDEX checkpoint_by_size ON checkpoint (size);

  CREATE TRIGGER subtree_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON subtree
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER checkpoint_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  ALTER TABLE subtree ENABLE ALWAYS TRIGGER subtree_is_never_changed;
  ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_is_never_changed;
  `,
];
