import {
  checkHistoricTime,
  checkPlace,
  eventDiffersError,
  historicToStoredEvent,
  keyTakenError,
  type LogEnd,
} from '../history-validation.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import type { HistoricEvent } from '../port.js';
import { toPendingEvent, newPendingWrite, type PendingWrite } from './pending-write.js';
import type { PresentEvent, AppendContext } from './append-context.js';

/** Events of a history, their places in it, and their data as text. */
export type HistoryChunk = readonly {
  readonly event: HistoricEvent;
  readonly index: number;
  readonly data: string;
}[];

/** Where the log ends, as far as the next event of a history depends on it. */
export interface End extends LogEnd {
  readonly position: number;
  readonly idempotencyKey: string | null;
  readonly requestDigest: string | null;
}

export interface HistoryIngester {
  /** What the log holds already of what is in the draft: it need not be looked up. */
  knowsStream(stream: string): boolean;
  /** Takes in the next part, given what the log holds of it, and returns the draft with it. @throws {HistoryRefusedError} */
  ingest(chunk: HistoryChunk, context: AppendContext): PendingWrite;
  /** The draft was written; the next one begins where it ended. */
  markWritten(): void;
  progress(): { readonly loaded: number; readonly present: number; readonly position: number };
}

/** Equal content is equal hashes: they cover everything that is stored. */
function compare(event: HistoricEvent, index: number, present: PresentEvent): void {
  if (!leafHash(historicToStoredEvent(event, present)).equals(present.hash)) throw eventDiffersError(event, index);
  checkPlace(event, index, present.position, present.revision);
}

/** Takes in the events of a history, one after the other, behind a log that ends there. */
export function newHistoryIngester(begin: End, clock: string, continues: boolean): HistoryIngester {
  const logWasLive = begin.live;
  let end = begin;
  let pending = newPendingWrite({ position: end.position, recordedAt: end.recordedAt });
  let keys = new Set<string>();
  let [loaded, present] = [0, 0];

  function remember(event: HistoricEvent, index: number, position: number, { requests }: AppendContext): void {
    const { idempotencyKey: key, requestDigest: digest } = event;
    // Events of one request stand together, also where a shorter history ended between them.
    if (key === null || digest === null || (key === end.idempotencyKey && digest === end.requestDigest)) return;
    if (requests.has(key) || keys.has(key)) throw keyTakenError(event, index);
    keys.add(key);
    pending.requests.push({ key, digest, firstPosition: position });
  }

  function ingestEvent({ event, index, data }: HistoryChunk[number], context: AppendContext): void {
    const held = context.events.get(event.id);
    if (held) {
      compare(event, index, held);
      present += 1;
      return;
    }
    checkHistoricTime(event, index, end, logWasLive, clock, continues);
    const position = end.position + 1;
    const { found, reached } = pending.streams.get(event.stream) ?? streamState(context.revisions.get(event.stream));
    const revision = reached + 1;
    checkPlace(event, index, position, revision);
    remember(event, index, position, context);
    const pendingEvent = toPendingEvent(historicToStoredEvent(event, { position, revision, appendedAt: clock }), data);
    pending.events.push(pendingEvent);
    pending.streams.set(event.stream, { found, reached: revision });
    // It may come once more in this part; then it is there.
    context.events.set(event.id, {
      position,
      revision,
      appendedAt: pendingEvent.event.appendedAt,
      hash: pendingEvent.hash,
    });

    const { recordedAt, idempotencyKey, requestDigest } = event;
    end = { position, recordedAt, live: !event.recordedAtStated, idempotencyKey, requestDigest };
    pending.end = { position, recordedAt };
    loaded += 1;
  }

  return {
    knowsStream: (stream) => pending.streams.has(stream),
    ingest(chunk, context) {
      for (const each of chunk) ingestEvent(each, context);
      return pending;
    },
    markWritten() {
      pending = newPendingWrite(pending.end);
      keys = new Set();
    },
    progress: () => ({ loaded, present, position: end.position }),
  };
}

const streamState = (revision: number | undefined) => ({ found: revision ?? null, reached: revision ?? -1 });
