import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import {
  beginsRequest,
  checkHistoricEvent,
  checkHistoricTime,
  checkPlace,
  checkPresentEvent,
  EMPTY_LOG_END,
  keyTakenError,
  logEndAfter,
  type LogEnd,
  type PresentEvent,
} from '../history-validation.js';
import type { HistoricEvent, LoadOptions, LoadResult } from '../port.js';
import { historicToStoredEvent } from '../stored-event.js';
import { newRequestTable } from './requests.js';
import { newStreamRevisions } from './stream-revisions.js';
import { newEventInserter } from './event-row.js';
import type { WriteTransaction } from './transaction.js';

/** How many events are written before other work of this process gets a turn. */
const EVENTS_PER_TURN = 500;

/** Ingests the events of a history one after the other, inside the locked transaction. @throws {HistoryRefusedError} */
export function newHistoryIngester(
  db: Database.Database,
): (clock: string, continues?: boolean) => (event: HistoricEvent, index: number) => 'LOADED' | 'PRESENT' {
  const requests = newRequestTable(db);
  const revisions = newStreamRevisions(db);
  const insert = newEventInserter(db);
  // Reads the index of the ids alone: most events are not in the log yet.
  const positionOf = db.prepare<[string], number>('SELECT position FROM event WHERE id = ?').pluck();
  const presentAt = db.prepare<[number], PresentEvent>(
    'SELECT position, revision, appended_at AS appendedAt, hash FROM event WHERE position = ?',
  );
  const last = db.prepare<[], Omit<LogEnd, 'live'> & { readonly stated: 0 | 1 }>(
    `SELECT position, recorded_at AS recordedAt, recorded_at_stated AS stated, idempotency_key AS idempotencyKey,
       request_digest AS requestDigest
     FROM event ORDER BY position DESC LIMIT 1`,
  );

  return (clock, continues) => {
    const row = last.get();
    let logEnd: LogEnd = row ? { ...row, live: row.stated === 0 } : EMPTY_LOG_END;
    const logWasLive = logEnd.live;

    return (event, index) => {
      checkHistoricEvent(event, index);
      const found = positionOf.get(event.id);
      const present = found === undefined ? undefined : presentAt.get(found);
      if (present) {
        checkPresentEvent(event, index, present);
        return 'PRESENT';
      }

      checkHistoricTime(event, index, logEnd, logWasLive, clock, continues);
      const position = logEnd.position + 1;
      const revision = revisions.advance(event.stream, 'ANY', 1) ?? 0;
      checkPlace(event, index, position, revision);
      insert(historicToStoredEvent(event, { position, revision, appendedAt: clock }), JSON.stringify(event.data));
      const { idempotencyKey, requestDigest } = event;
      if (idempotencyKey !== null && requestDigest !== null && beginsRequest(event, logEnd)) {
        if (!requests.remember(idempotencyKey, requestDigest, position)) throw keyTakenError(event, index);
      }
      logEnd = logEndAfter(event, position);
      return 'LOADED';
    };
  };
}

/**
 * Loads a history in one transaction of any length: events go to the disk as they come, and count once the last one
 * has come and the transaction is committed.
 */
export function newHistoryLoader(
  db: Database.Database,
  transaction: WriteTransaction,
  clock: () => Date,
): (history: AsyncIterable<HistoricEvent> | Iterable<HistoricEvent>, options?: LoadOptions) => Promise<LoadResult> {
  const newIngester = newHistoryIngester(db);

  return async (history, { continues } = {}) => {
    await transaction.begin();
    try {
      const ingestEvent = newIngester(clock().toISOString(), continues);
      const counts = { LOADED: 0, PRESENT: 0 };
      let index = 0;
      for await (const event of history) {
        counts[ingestEvent(event, index)] += 1;
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
