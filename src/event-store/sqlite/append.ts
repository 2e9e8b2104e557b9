import type Database from 'better-sqlite3';
import type { StoredEvent } from '../../../events/envelope.js';
import type { AppendResult, Head } from '../port.js';
import { countByStream, resultOfKnownKey, type PreparedAppend } from '../prepared-append.js';
import { toStoredEvent } from '../stored-event.js';
import { timesOfAppend } from '../recorded-time.js';
import { newRequestTable } from './requests.js';
import { newStreamRevisions } from './stream-revisions.js';
import { newEventInserter } from './event-row.js';

/**
 * Makes one append inside the locked transaction. A refused append is undone and leaves the others in the transaction
 * alone. @throws {ClockBehindError}
 */
export function newAppender(db: Database.Database, clock: () => Date): (append: PreparedAppend) => AppendResult {
  const requests = newRequestTable(db);
  const revisions = newStreamRevisions(db);
  const insert = newEventInserter(db);
  const last = db.prepare<[], Head>(
    'SELECT position, recorded_at AS recordedAt FROM event ORDER BY position DESC LIMIT 1',
  );
  const savepoint = db.prepare('SAVEPOINT one_append');
  const release = db.prepare('RELEASE one_append');
  const undo = db.prepare('ROLLBACK TO one_append');

  function append(input: PreparedAppend): AppendResult {
    const { events, data, expected, expectedHead, request } = input;
    const known = request && requests.find(request.idempotencyKey);
    if (known) return resultOfKnownKey(request, known);

    const next = new Map<string, number>();
    for (const [stream, count] of countByStream(input)) {
      const reached = revisions.advance(stream, expected?.get(stream) ?? 'ANY', count);
      if (reached === null) return { kind: 'REVISION_CONFLICT', stream, actual: revisions.current(stream) };
      next.set(stream, reached - count + 1);
    }

    const head = last.get() ?? { position: 0, recordedAt: null };
    if (expectedHead !== undefined && expectedHead !== head.position) {
      return { kind: 'HEAD_MOVED', actual: head.position };
    }
    const times = timesOfAppend(clock(), head.recordedAt);
    const stored: StoredEvent[] = [];
    for (const [index, event] of events.entries()) {
      const revision = next.get(event.stream) ?? 0;
      next.set(event.stream, revision + 1);
      const text = data[index] ?? 'null';
      const storedEvent = toStoredEvent(event, text, request, {
        position: head.position + 1 + index,
        revision,
        ...times,
      });
      if (!insert(storedEvent, text)) return { kind: 'DUPLICATE_EVENT', eventId: event.id };
      stored.push(storedEvent);
    }
    if (request) requests.remember(request.idempotencyKey, request.digest, head.position + 1);
    return { kind: 'APPENDED', events: stored };
  }

  return (prepared) => {
    savepoint.run();
    let done = false;
    try {
      const result = append(prepared);
      done = result.kind === 'APPENDED';
      return result;
    } finally {
      // A disk that is full or fails has ended the transaction, and the savepoint with it.
      if (db.inTransaction) {
        if (!done) undo.run();
        release.run();
      }
    }
  };
}
