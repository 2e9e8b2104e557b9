import type { StoredEvent } from '../../../events/envelope.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import type { Head } from '../port.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { newTreeWriter, type TreeWriter } from './tree.js';

interface PendingEvent {
  readonly event: StoredEvent;
  /** The data as the text that is stored. */
  readonly data: string;
  readonly hash: Buffer;
}

export const toPendingEvent = (event: StoredEvent, data: string): PendingEvent => ({
  event,
  data,
  hash: leafHash(event),
});

/** Changes to the log that are written together or not at all. */
export interface PendingWrite {
  /** The end of the log before the write. */
  readonly begin: Head;
  /** The end of the log after the write. */
  end: Head;
  /** Events that are not written yet. */
  events: PendingEvent[];
  /** The revision of each stream before the write (null: it did not exist) and after it. */
  readonly streams: Map<string, { readonly found: number | null; readonly reached: number }>;
  readonly requests: { readonly key: string; readonly digest: string; readonly firstPosition: number }[];
  readonly tree: TreeWriter;
}

export const newPendingWrite = (begin: Head): PendingWrite => ({
  begin,
  end: begin,
  events: [],
  streams: new Map(),
  requests: [],
  tree: newTreeWriter(),
});

const columns = [
  'position',
  'id',
  'stream',
  'revision',
  'type',
  'schema_version',
  'recorded_at',
  'recorded_at_stated',
  'appended_at',
  'actor',
  'correlation_id',
  'causation_id',
  'idempotency_key',
  'request_digest',
  'data',
  'hash',
] as const;

const arrayTypes: Partial<Record<(typeof columns)[number], string>> = {
  position: 'bigint',
  id: 'uuid',
  revision: 'integer',
  schema_version: 'integer',
  recorded_at_stated: 'boolean',
  hash: 'bytea',
};

/** One array for each column: one statement for any number of events. */
const insertEvents = {
  name: 'insert events',
  text: `
    INSERT INTO event (${columns.join(', ')})
    SELECT * FROM unnest(${columns.map((column, index) => `$${index + 1}::${arrayTypes[column] ?? 'text'}[]`).join(', ')})`,
};

const valuesOf = (chunk: readonly PendingEvent[]): unknown[] => [
  chunk.map(({ event }) => event.position),
  chunk.map(({ event }) => event.id),
  chunk.map(({ event }) => event.stream),
  chunk.map(({ event }) => event.revision),
  chunk.map(({ event }) => event.type),
  chunk.map(({ event }) => event.schemaVersion),
  chunk.map(({ event }) => event.recordedAt),
  chunk.map(({ event }) => event.recordedAtStated),
  chunk.map(({ event }) => event.appendedAt),
  chunk.map(({ event }) => event.actor),
  chunk.map(({ event }) => event.correlationId),
  chunk.map(({ event }) => event.causationId),
  chunk.map(({ event }) => event.idempotencyKey),
  chunk.map(({ event }) => event.requestDigest),
  chunk.map(({ data }) => data),
  chunk.map(({ hash }) => hash),
];

/**
 * Existing streams are updated by compare-and-set. A stream with another revision than expected is left alone, and
 * the count of updated rows shows it.
 */
const advance = {
  name: 'advance',
  text: `
    WITH moved AS (
      UPDATE stream SET revision = given.reached
      FROM unnest($1::text[], $2::integer[], $3::integer[]) AS given (name, found, reached)
      WHERE stream.name = given.name AND stream.revision = given.found
      RETURNING 1
    ), begun AS (
      INSERT INTO stream (name, revision) SELECT * FROM unnest($4::text[], $5::integer[])
    ), remembered AS (
      INSERT INTO request (idempotency_key, digest, first_position)
      SELECT * FROM unnest($6::text[], $7::text[], $8::bigint[])
    ), ended AS (
      UPDATE log_end SET position = $9, recorded_at = $10 WHERE position = $11 RETURNING 1
    )
    SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM ended) AS ended`,
};

/** Writes the new end of the log, stream revisions and requests. */
async function writeState(db: Queryable, { begin, end, streams, requests }: PendingWrite): Promise<void> {
  const all = [...streams].map(([name, { found, reached }]) => ({ name, found, reached }));
  const moved = all.filter(({ found }) => found !== null);
  const begun = all.filter(({ found }) => found === null);
  const [counts] = await runQuery<{ moved: number; ended: number }>(db, advance, [
    moved.map(({ name }) => name),
    moved.map(({ found }) => found),
    moved.map(({ reached }) => reached),
    begun.map(({ name }) => name),
    begun.map(({ reached }) => reached),
    requests.map(({ key }) => key),
    requests.map(({ digest }) => digest),
    requests.map(({ firstPosition }) => firstPosition),
    end.position,
    end.recordedAt,
    begin.position,
  ]);
  if (counts?.moved === moved.length && counts.ended === 1) return;
  // Only the holder of the lock on the end of the log writes.
  throw new Error('Something else has written to the log without taking its lock. Nothing was appended.');
}

/** The most that goes into one statement: events, and characters of their data. */
const MAX_CHUNK = { events: 1000, characters: 4_000_000 };

function* chunksOf(events: readonly PendingEvent[]): Generator<readonly PendingEvent[]> {
  let [from, characters] = [0, 0];
  for (const [index, { data }] of events.entries()) {
    if (index > from && (index - from === MAX_CHUNK.events || characters + data.length > MAX_CHUNK.characters)) {
      yield events.slice(from, index);
      [from, characters] = [index, 0];
    }
    characters += data.length;
  }
  if (from < events.length) yield events.slice(from);
}

/** Whether this is enough to be written as one chunk. */
export const isFullChunk = (events: number, characters: number): boolean =>
  events >= MAX_CHUNK.events || characters >= MAX_CHUNK.characters;

/** Writes the pending events and the subtrees that they complete, in a transaction that holds the lock. */
export async function writePendingEvents(db: Queryable, pending: PendingWrite): Promise<void> {
  const { events, tree } = pending;
  const [first] = events;
  if (first === undefined) return;
  pending.events = [];
  for (const chunk of chunksOf(events)) await runQuery(db, insertEvents, valuesOf(chunk));
  const hashes = events.map(({ hash }) => hash);
  await tree.add(db, first.event.position - 1, hashes);
}

/** Writes everything that is pending. */
export async function writePending(db: Queryable, pending: PendingWrite): Promise<void> {
  await writePendingEvents(db, pending);
  await writeState(db, pending);
}
