import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  checkHistoric,
  checkHistoricTime,
  checkPlace,
  differs,
  inPlace,
  keyTaken,
  type LogEnd,
} from '../history-validation.js';
import { leafHash } from '../../proofs/merkle/leaf-hash.js';
import type { HistoricEvent, LoadOptions, LoadResult } from '../port.js';
import { requestsOf } from './requests.js';
import { revisionsOf } from './stream-revisions.js';
import { eventInserter } from './event-row.js';
import type { WriteTransaction } from './transaction.js';

/** So many events are written before others in this process get a turn. */
const EVENTS_PER_TURN = 500;

interface End extends LogEnd {
  readonly position: number;
  readonly idempotencyKey: string | null;
  readonly requestDigest: string | null;
}

interface Present {
  readonly position: number;
  readonly revision: number;
  readonly appendedAt: string;
  readonly hash: Buffer;
}

const EMPTY: End = { position: 0, recordedAt: null, live: false, idempotencyKey: null, requestDigest: null };

/** Takes in events of a history, one after the other, inside the locked transaction. @throws {HistoryRefusedError} */
export function taker(
  db: Database.Database,
): (clock: string, continues?: boolean) => (event: HistoricEvent, index: number) => 'LOADED' | 'PRESENT' {
  const requests = requestsOf(db);
  const revisions = revisionsOf(db);
  const insert = eventInserter(db);
  // Of the id's index alone: the common answer is that there is none.
  const positionOf = db.prepare<[string], number>('SELECT position FROM event WHERE id = ?').pluck();
  const presentAt = db.prepare<[number], Present>(
    'SELECT position, revision, appended_at AS appendedAt, hash FROM event WHERE position = ?',
  );
  const last = db.prepare<[], Omit<End, 'live'> & { readonly stated: 0 | 1 }>(
    `SELECT position, recorded_at AS recordedAt, recorded_at_stated AS stated, idempotency_key AS idempotencyKey,
       request_digest AS requestDigest
     FROM event ORDER BY position DESC LIMIT 1`,
  );

  /** Equal content is equal hashes: they cover everything that is stored. */
  function compare(event: HistoricEvent, index: number, present: Present): void {
    if (!leafHash(inPlace(event, present)).equals(present.hash)) throw differs(event, index);
    checkPlace(event, index, present.position, present.revision);
  }

  return (clock, continues) => {
    const row = last.get();
    let end: End = row ? { ...row, live: row.stated === 0 } : EMPTY;
    const logWasLive = end.live;

    return (event, index) => {
      checkHistoric(event, index);
      const found = positionOf.get(event.id);
      const present = found === undefined ? undefined : presentAt.get(found);
      if (present) {
        compare(event, index, present);
        return 'PRESENT';
      }

      checkHistoricTime(event, index, end, logWasLive, clock, continues);
      const position = end.position + 1;
      const revision = revisions.advance(event.stream, 'ANY', 1) ?? 0;
      checkPlace(event, index, position, revision);
      insert(inPlace(event, { position, revision, appendedAt: clock }), JSON.stringify(event.data));
      const { idempotencyKey, requestDigest } = event;
      const goesOn = idempotencyKey === end.idempotencyKey && requestDigest === end.requestDigest;
      if (idempotencyKey !== null && requestDigest !== null && !goesOn) {
        if (!requests.remember(idempotencyKey, requestDigest, position)) throw keyTaken(event, index);
      }
      end = { position, recordedAt: event.recordedAt, live: !event.recordedAtStated, idempotencyKey, requestDigest };
      return 'LOADED';
    };
  };
}

/**
 * Loads a history in one transaction of whatever length: its events go to the disk as they come, and count only when the
 * last one has come and the transaction is committed.
 */
export function loader(
  db: Database.Database,
  transaction: WriteTransaction,
  clock: () => Date,
): (history: AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>, options?: LoadOptions) => Promise<LoadResult> {
  const take = taker(db);

  return async (history, { continues } = {}) => {
    await transaction.begin();
    try {
      const takeEvent = take(clock().toISOString(), continues);
      const counts = { LOADED: 0, PRESENT: 0 };
      let index = 0;
      for await (const event of history) {
        counts[takeEvent(event, index)] += 1;
        index += 1;
        if (index % EVENTS_PER_TURN === 0) await nextTurn();
      }
      transaction.commit();
      return { loaded: counts.LOADED, present: counts.PRESENT };
    } finally {
      transaction.rollback();
    }
  };
}
