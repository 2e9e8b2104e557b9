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
 * Whether the load was large compared with the log. The server then collects statistics of the tables, by which it
 * plans seeks.
 */
const shouldAnalyze = (loaded: number, position: number): boolean => loaded >= 1000 && loaded * 5 >= position;

/**
 * The number of streams and requests that are held in memory before they are written. They are written seldom,
 * because each update of a row in one transaction leaves a dead row behind, which slows down the next.
 */
const MAX_PENDING_ROWS = 100_000;

const lastEvent = {
  name: 'last event',
  text: `
    SELECT position, recorded_at AS "recordedAt", NOT recorded_at_stated AS live, idempotency_key AS "idempotencyKey",
      request_digest AS "requestDigest"
    FROM event ORDER BY position DESC LIMIT 1`,
};

/**
 * Divides a history into chunks, each read and written together. When an event fails, the chunk before it still comes
 * first, so that failures are reported in the order of the history.
 */
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
  // The next chunk is prepared while the server writes one.
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
      // A failure is noticed at the next await of `writing`.
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
 * Loads a history in one transaction of any length: events go to the server as they come, and count once the last one
 * has come and the transaction is committed.
 */
export function newHistoryLoader(
  runTransaction: RunTransaction,
  clock: () => Date,
  place: string,
): (history: History, options?: LoadOptions) => Promise<LoadResult> {
  return (history, options = {}) => {
    let begun = false;
    return runTransaction(LOAD_IDLE_TIMEOUT_MS, async (locked) => {
      // A history can be read only once, so what was lost on the way cannot be read again.
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
