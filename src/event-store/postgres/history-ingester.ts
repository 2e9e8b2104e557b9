import { checkHistoricTime, checkPlace, differs, inPlace, keyTaken, type LogEnd } from '../history-validation.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import type { HistoricEvent } from '../port.js';
import { draftEvent, newDraft, type Draft } from './pending-write.js';
import type { PresentEvent, Standing } from './append-context.js';

/** Events of a history, their places in it, and their data as text. */
export type PartOfHistory = readonly {
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

export interface Taker {
  /** What the log holds already of what is in the draft: it need not be looked up. */
  knows(stream: string): boolean;
  /** Takes in the next part, given what the log holds of it, and returns the draft with it. @throws {HistoryRefusedError} */
  take(part: PartOfHistory, standing: Standing): Draft;
  /** The draft was written; the next one begins where it ended. */
  written(): void;
  sofar(): { readonly loaded: number; readonly present: number; readonly position: number };
}

/** Equal content is equal hashes: they cover everything that is stored. */
function compare(event: HistoricEvent, index: number, present: PresentEvent): void {
  if (!leafHash(inPlace(event, present)).equals(present.hash)) throw differs(event, index);
  checkPlace(event, index, present.position, present.revision);
}

/** Takes in the events of a history, one after the other, behind a log that ends there. */
export function taker(begin: End, clock: string, continues: boolean): Taker {
  const logWasLive = begin.live;
  let end = begin;
  let draft = newDraft({ position: end.position, recordedAt: end.recordedAt });
  let keys = new Set<string>();
  let [loaded, present] = [0, 0];

  function remember(event: HistoricEvent, index: number, position: number, { requests }: Standing): void {
    const { idempotencyKey: key, requestDigest: digest } = event;
    // Events of one request stand together, also where a shorter history ended between them.
    if (key === null || digest === null || (key === end.idempotencyKey && digest === end.requestDigest)) return;
    if (requests.has(key) || keys.has(key)) throw keyTaken(event, index);
    keys.add(key);
    draft.requests.push({ key, digest, firstPosition: position });
  }

  function takeOne({ event, index, data }: PartOfHistory[number], standing: Standing): void {
    const held = standing.events.get(event.id);
    if (held) {
      compare(event, index, held);
      present += 1;
      return;
    }
    checkHistoricTime(event, index, end, logWasLive, clock, continues);
    const position = end.position + 1;
    const { found, reached } = draft.streams.get(event.stream) ?? asFound(standing.revisions.get(event.stream));
    const revision = reached + 1;
    checkPlace(event, index, position, revision);
    remember(event, index, position, standing);
    const drafted = draftEvent(inPlace(event, { position, revision, appendedAt: clock }), data);
    draft.events.push(drafted);
    draft.streams.set(event.stream, { found, reached: revision });
    // It may come once more in this part; then it is there.
    standing.events.set(event.id, { position, revision, appendedAt: drafted.event.appendedAt, hash: drafted.hash });

    const { recordedAt, idempotencyKey, requestDigest } = event;
    end = { position, recordedAt, live: !event.recordedAtStated, idempotencyKey, requestDigest };
    draft.end = { position, recordedAt };
    loaded += 1;
  }

  return {
    knows: (stream) => draft.streams.has(stream),
    take(part, standing) {
      for (const each of part) takeOne(each, standing);
      return draft;
    },
    written() {
      draft = newDraft(draft.end);
      keys = new Set();
    },
    sofar: () => ({ loaded, present, position: end.position }),
  };
}

const asFound = (revision: number | undefined) => ({ found: revision ?? null, reached: revision ?? -1 });
