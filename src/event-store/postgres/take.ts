import { checkHistoricTime, checkPlace, differs, inPlace, keyTaken, type LogEnd } from '../history.js';
import { leafHash } from '../../integrity/leaf-hash.js';
import type { HistoricEvent } from '../port.js';
import { draftEvent, newDraft, type Draft } from './draft.js';
import type { PresentEvent, Standing } from './standing.js';

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
  /** What is to be written for the next part, given what the log holds of it. @throws {HistoryRefused} */
  draft(part: PartOfHistory, standing: Standing): Draft;
  sofar(): { readonly loaded: number; readonly present: number; readonly position: number };
}

/** Equal content is equal hashes: they cover everything that is stored. */
function compare(event: HistoricEvent, index: number, present: PresentEvent): void {
  if (!leafHash(inPlace(event, present)).equals(present.hash)) throw differs(event, index);
  checkPlace(event, index, present.position, present.revision);
}

/** Takes in the events of a history, one after the other, behind a log that ends there. */
export function taker(begin: End, clock: string): Taker {
  const logWasLive = begin.live;
  let end = begin;
  let [loaded, present] = [0, 0];

  function take(
    { event, index, data }: PartOfHistory[number],
    { revisions, events, requests }: Standing,
    draft: Draft,
  ): void {
    const held = events.get(event.id);
    if (held) {
      compare(event, index, held);
      present += 1;
      return;
    }
    checkHistoricTime(event, index, end, logWasLive, clock);
    const position = end.position + 1;
    const found = revisions.get(event.stream) ?? null;
    const revision = (draft.streams.get(event.stream)?.reached ?? found ?? -1) + 1;
    checkPlace(event, index, position, revision);
    const drafted = draftEvent(inPlace(event, { position, revision, appendedAt: clock }), data);
    draft.events.push(drafted);
    draft.streams.set(event.stream, { found, reached: revision });
    // It may come once more in this part; then it is there.
    events.set(event.id, { position, revision, appendedAt: drafted.event.appendedAt, hash: drafted.hash });

    const { recordedAt, idempotencyKey, requestDigest } = event;
    const goesOn = idempotencyKey === end.idempotencyKey && requestDigest === end.requestDigest;
    if (idempotencyKey !== null && requestDigest !== null && !goesOn) {
      if (requests.has(idempotencyKey)) throw keyTaken(event, index);
      requests.set(idempotencyKey, { digest: requestDigest, firstPosition: position });
      draft.requests.push({ key: idempotencyKey, digest: requestDigest, firstPosition: position });
    }
    end = { position, recordedAt, live: !event.recordedAtStated, idempotencyKey, requestDigest };
    draft.end = { position, recordedAt };
    loaded += 1;
  }

  return {
    draft(part, standing) {
      const draft = newDraft({ position: end.position, recordedAt: end.recordedAt });
      for (const each of part) take(each, standing, draft);
      return draft;
    },
    sofar: () => ({ loaded, present, position: end.position }),
  };
}
