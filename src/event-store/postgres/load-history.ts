import { isAway } from '../../postgres/server-errors.js';
import { StoreUnusableError } from '../errors.js';
import { checkHistoric } from '../history-validation.js';
import type { HistoricEvent, LoadOptions, LoadResult } from '../port.js';
import { ask, type Asked } from '../../postgres/query.js';
import { isPart, write, writeEvents, type Draft } from './pending-write.js';
import { lookUp } from './append-context.js';
import { taker, type End, type PartOfHistory } from './history-ingester.js';
import { LONG_PAUSE, type InTransaction, type Locked, type Outcome } from './transaction.js';

type History = AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>;

/**
 * After a load of so many events, if that is a good part of the log, the server is told to look at how its tables have
 * changed: seeks are planned by that.
 */
const isWorthALook = (loaded: number, position: number): boolean => loaded >= 1000 && loaded * 5 >= position;

/**
 * Where so many streams and requests are is kept in memory, and written at once: a row that is changed again and again in
 * one transaction leaves all that it was before behind, and is found more slowly each time.
 */
const MANY = 100_000;

const EMPTY: End = { position: 0, recordedAt: null, live: false, idempotencyKey: null, requestDigest: null };

const lastEvent = {
  name: 'last event',
  text: `
    SELECT position, recorded_at AS "recordedAt", NOT recorded_at_stated AS live, idempotency_key AS "idempotencyKey",
      request_digest AS "requestDigest"
    FROM event ORDER BY position DESC LIMIT 1`,
};

/** A history in parts that are looked up and written together. What is wrong with one event comes after those before it. */
async function* partsOf(history: History): AsyncGenerator<PartOfHistory> {
  let part: { event: HistoricEvent; index: number; data: string }[] = [];
  let [index, characters] = [0, 0];
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const event of history) {
      checkHistoric(event, index);
      const data = JSON.stringify(event.data);
      part.push({ event, index, data });
      index += 1;
      characters += data.length;
      if (!isPart(part.length, characters)) continue;
      yield part;
      [part, characters] = [[], 0];
    }
  } catch (error) {
    failure = { error };
  }
  if (part.length > 0) yield part;
  if (failure) throw failure.error;
}

const standingOf = (client: Asked, part: PartOfHistory, knows: (stream: string) => boolean) =>
  lookUp(client, {
    streams: part.map(({ event }) => event.stream).filter((stream) => !knows(stream)),
    ids: part.map(({ event }) => event.id),
    keys: new Set(part.flatMap(({ event }) => event.idempotencyKey ?? [])),
  });

async function loadAll(
  { client }: Locked,
  history: History,
  clock: string,
  { continues = false }: LoadOptions,
): Promise<Outcome<LoadResult>> {
  const [end = EMPTY] = await ask<End>(client, lastEvent);
  const { take, knows, written, sofar } = taker(end, clock, continues);
  let draft: Draft | null = null;
  let lastId: string | null = null;
  // While the server writes one part, the next one is made ready.
  let writing: Promise<void> = Promise.resolve();
  for await (const part of partsOf(history)) {
    await writing;
    draft = take(part, await standingOf(client, part, knows));
    lastId = draft.events.at(-1)?.event.id ?? lastId;
    if (draft.streams.size + draft.requests.length > MANY) {
      await write(client, draft);
      written();
      draft = null;
    } else {
      writing = writeEvents(client, draft);
      // Whether it fails is found out before anything else is asked.
      writing.catch(() => {});
    }
  }
  await writing;
  const { loaded, position, present } = sofar();
  if (lastId === null) return { result: { loaded, present }, last: null };
  if (draft !== null) await write(client, draft);
  if (isWorthALook(loaded, position)) await client.query('ANALYZE event, stream, request, subtree');
  return { result: { loaded, present }, last: { id: lastId, position } };
}

/**
 * Loads a history in one transaction of whatever length: its events go to the server as they come, and count only when the
 * last one has come and the transaction is committed.
 */
export function loader(
  inTransaction: InTransaction,
  clock: () => Date,
  place: string,
): (history: History, options?: LoadOptions) => Promise<LoadResult> {
  return (history, options = {}) => {
    let begun = false;
    return inTransaction(LONG_PAUSE, async (locked) => {
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
        throw isAway(error) ? lost(error) : error;
      }
    });
  };
}
