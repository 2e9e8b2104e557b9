import {
  beginsRequest,
  checkHistoricTime,
  checkPlace,
  checkPresentEvent,
  keyTakenError,
  logEndAfter,
  type LogEnd,
} from '../history-validation.js';
import type { HistoricEvent } from '../port.js';
import { historicToStoredEvent } from '../stored-event.js';
import { toPendingEvent, newPendingWrite, type PendingWrite } from './pending-write.js';
import type { AppendContext } from './append-context.js';

/** Some events of a history with their places in it, and their data as text. */
export type HistoryChunk = readonly {
  readonly event: HistoricEvent;
  readonly index: number;
  readonly data: string;
}[];

export interface HistoryIngester {
  /** Whether the pending write knows the revision of the stream, so that it need not be read. */
  knowsStream(stream: string): boolean;
  /** Adds the next events to the pending write, and returns it. @throws {HistoryRefusedError} */
  ingest(chunk: HistoryChunk, context: AppendContext): PendingWrite;
  /** The pending write was written; another one begins where it ended. */
  markWritten(): void;
  progress(): { readonly loaded: number; readonly present: number; readonly position: number };
}

/** Ingests the events of a history one after the other, behind the given end of the log. */
export function newHistoryIngester(begin: LogEnd, clock: string, continues: boolean): HistoryIngester {
  const logWasLive = begin.live;
  let end = begin;
  let pending = newPendingWrite({ position: end.position, recordedAt: end.recordedAt });
  let keys = new Set<string>();
  let [loaded, present] = [0, 0];

  function remember(event: HistoricEvent, index: number, position: number, { requests }: AppendContext): void {
    const { idempotencyKey: key, requestDigest: digest } = event;
    if (key === null || digest === null || !beginsRequest(event, end)) return;
    if (requests.has(key) || keys.has(key)) throw keyTakenError(event, index);
    keys.add(key);
    pending.requests.push({ key, digest, firstPosition: position });
  }

  function ingestEvent({ event, index, data }: HistoryChunk[number], context: AppendContext): void {
    const held = context.events.get(event.id);
    if (held) {
      checkPresentEvent(event, index, held);
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
    // The same event may occur again in this chunk, and is then present.
    context.events.set(event.id, {
      position,
      revision,
      appendedAt: pendingEvent.event.appendedAt,
      hash: pendingEvent.hash,
    });

    end = logEndAfter(event, position);
    pending.end = { position, recordedAt: event.recordedAt };
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
