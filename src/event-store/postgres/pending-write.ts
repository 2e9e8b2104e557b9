import type { StoredEvent } from '../../../events/envelope.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import type { Head } from '../port.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { newTreeWriter, type TreeWriter } from './tree.js';

interface PendingEvent {
  readonly event: StoredEvent;
  /** The data as text, as it is stored. */
  readonly data: string;
  readonly hash: Buffer;
}

export const toPendingEvent = (event: StoredEvent, data: string): PendingEvent => ({
  event,
  data,
  hash: leafHash(event),
});

/** What is to be written, all of it or nothing. */
export interface PendingWrite {
  /** Where the log ended before. */
  readonly begin: Head;
  /** Where it is to end. */
  end: Head;
  /** Emptied as they are written. */
  events: PendingEvent[];
  /** Where each stream was found (null: nowhere), and where it is to be. */
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

/** One array for each column: however many events there are, it is one statement. */
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

/** Streams that exist are compared and set: one that is not where it was found is not moved, and is missed in the count. */
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

/** Writes where the log and its streams are with the draft. */
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
  // Whoever holds the lock on the end of the log is the only one who writes.
  throw new Error('Something else has written to the log without taking its lock. Nothing was appended.');
}

/** So much goes into one statement at most: events, and characters of their data. */
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

/** Whether so much is enough to be written together. */
export const isFullChunk = (events: number, characters: number): boolean =>
  events >= MAX_CHUNK.events || characters >= MAX_CHUNK.characters;

/** Writes the events of the draft and what they complete of the tree, in a transaction that has the lock. */
export async function writePendingEvents(db: Queryable, pending: PendingWrite): Promise<void> {
  const { events, tree } = pending;
  const [first] = events;
  if (first === undefined) return;
  pending.events = [];
  for (const chunk of chunksOf(events)) await runQuery(db, insertEvents, valuesOf(chunk));
  const hashes = events.map(({ hash }) => hash);
  await tree.add(db, first.event.position - 1, hashes);
}

/** Writes all that is left of the draft. */
export async function writePending(db: Queryable, pending: PendingWrite): Promise<void> {
  await writePendingEvents(db, pending);
  await writeState(db, pending);
}
