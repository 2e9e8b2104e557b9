import { isUnreachable } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';
import { checkHistoricEvent, EMPTY_LOG_END, type LogEnd } from '../history-validation.js';
import type { HistoricEvent, LoadOptions, LoadResult } from '../port.js';
import { runQuery, type Queryable } from '../../postgres/query.js';
import { isFullChunk, writePending, writePendingEvents, type PendingWrite } from './pending-write.js';
import { readAppendContext } from './append-context.js';
import { newHistoryIngester, type HistoryChunk } from './history-ingester.js';
import { LOAD_IDLE_TIMEOUT_MS, type RunTransaction, type Locked, type Outcome } from './transaction.js';

type History = AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>;

/**
 * After a load of so many events, if that is a good part of the log, the server is told to look at how its tables have
 * changed: seeks are planned by that.
 */
const shouldAnalyze = (loaded: number, position: number): boolean => loaded >= 1000 && loaded * 5 >= position;

/**
 * Where so many streams and requests are is kept in memory, and written at once: a row that is changed again and again in
 * one transaction leaves all that it was before behind, and is found more slowly each time.
 */
const MAX_PENDING_ROWS = 100_000;

const lastEvent = {
  name: 'last event',
  text: `
    SELECT position, recorded_at AS "recordedAt", NOT recorded_at_stated AS live, idempotency_key AS "idempotencyKey",
      request_digest AS "requestDigest"
    FROM event ORDER BY position DESC LIMIT 1`,
};

/** A history in parts that are looked up and written together. What is wrong with one event comes after those before it. */
async function* chunksOf(history: History): AsyncGenerator<HistoryChunk> {
  let chunk: { event: HistoricEvent; index: number; data: string }[] = [];
  let [index, characters] = [0, 0];
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const event of history) {
      checkHistoricEvent(event, index);
      const data = JSON.stringify(event.data);
      chunk.push({ event, index, data });
      index += 1;
      characters += data.length;
      if (!isFullChunk(chunk.length, characters)) continue;
      yield chunk;
      [chunk, characters] = [[], 0];
    }
  } catch (error) {
    failure = { error };
  }
  if (chunk.length > 0) yield chunk;
  if (failure) throw failure.error;
}

const contextOf = (client: Queryable, chunk: HistoryChunk, knowsStream: (stream: string) => boolean) =>
  readAppendContext(client, {
    streams: chunk.map(({ event }) => event.stream).filter((stream) => !knowsStream(stream)),
    ids: chunk.map(({ event }) => event.id),
    keys: new Set(chunk.flatMap(({ event }) => event.idempotencyKey ?? [])),
  });

async function loadAll(
  { client }: Locked,
  history: History,
  clock: string,
  { continues = false }: LoadOptions,
): Promise<Outcome<LoadResult>> {
  const [end = EMPTY_LOG_END] = await runQuery<LogEnd>(client, lastEvent);
  const { ingest, knowsStream, markWritten, progress } = newHistoryIngester(end, clock, continues);
  let pending: PendingWrite | null = null;
  let lastId: string | null = null;
  // While the server writes one part, the next one is made ready.
  let writing: Promise<void> = Promise.resolve();
  for await (const chunk of chunksOf(history)) {
    await writing;
    pending = ingest(chunk, await contextOf(client, chunk, knowsStream));
    lastId = pending.events.at(-1)?.event.id ?? lastId;
    if (pending.streams.size + pending.requests.length > MAX_PENDING_ROWS) {
      await writePending(client, pending);
      markWritten();
      pending = null;
    } else {
      writing = writePendingEvents(client, pending);
      // Whether it fails is found out before anything else is asked.
      writing.catch(() => {});
    }
  }
  await writing;
  const { loaded, position, present } = progress();
  if (lastId === null) return { result: { loaded, present }, last: null };
  if (pending !== null) await writePending(client, pending);
  if (shouldAnalyze(loaded, position)) await client.query('ANALYZE event, stream, request, subtree');
  return { result: { loaded, present }, last: { id: lastId, position } };
}

/**
 * Loads a history in one transaction of whatever length: its events go to the server as they come, and count only when the
 * last one has come and the transaction is committed.
 */
export function newHistoryLoader(
  runTransaction: RunTransaction,
  clock: () => Date,
  place: string,
): (history: History, options?: LoadOptions) => Promise<LoadResult> {
  return (history, options = {}) => {
    let begun = false;
    return runTransaction(LOAD_IDLE_TIMEOUT_MS, async (locked) => {
      // A history comes once: what was lost of it on the way cannot be asked for again here.
      const lost = (cause?: unknown) =>
        new StoreUnusableError(
          'UNREACHABLE',
          `The connection to the log at ${place} broke in the middle of a load. Nothing was loaded; load it again.`,
          { cause },
        );
      if (begun) throw lost();
      begun = true;
      try {
        return await loadAll(locked, history, clock().toISOString(), options);
      } catch (error) {
        throw isUnreachable(error) ? lost(error) : error;
      }
    });
  };
}
