import type { StoredEvent } from '../../../events/envelope.js';
import type { Append, AppendResult, RememberedRequest } from '../port.js';
import { toStoredEvent } from '../stored-event.js';
import { timesOfAppend } from '../recorded-time.js';
import { toPendingEvent, type PendingWrite } from './pending-write.js';
import type { AppendContext } from './append-context.js';

/** An append whose form was found good. The data is kept as text from then on: the caller's objects may change. */
export interface PreparedAppend extends Append {
  readonly data: readonly string[];
}

export const prepareAppend = (append: Append): PreparedAppend => ({
  ...append,
  data: append.events.map((event) => JSON.stringify(event.data)),
});

/** How many events each stream gets; the streams that are only expected somewhere get none. */
export function countByStream({ events, expected }: Append): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stream of expected?.keys() ?? []) counts.set(stream, 0);
  for (const { stream } of events) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  return counts;
}

/**
 * Judges the appends of a group, one after the other: each by what the log holds and what those before it have put into the
 * draft. An append that is refused leaves nothing in it. The lock on the end of the log is held meanwhile, so nothing of
 * what was looked up can change.
 */
export function newAppendDecider(
  { revisions, events: present }: AppendContext,
  remembered: Map<string, RememberedRequest>,
  pending: PendingWrite,
  clock: () => Date,
): (append: PreparedAppend) => AppendResult {
  const pendingIds = new Set<string>();
  const revisionOf = (stream: string): number | null =>
    pending.streams.get(stream)?.reached ?? revisions.get(stream) ?? null;

  return ({ events, data, expected, expectedHead, request }) => {
    const known = request && remembered.get(request.idempotencyKey);
    if (known) {
      return known.digest === request.digest
        ? { kind: 'REPEATED', events: known.events }
        : { kind: 'KEY_CONFLICT', idempotencyKey: request.idempotencyKey, events: known.events };
    }

    const counts = countByStream({ events, ...(expected && { expected }) });
    for (const stream of counts.keys()) {
      const wanted = expected?.get(stream) ?? 'ANY';
      const actual = revisionOf(stream);
      if (wanted !== 'ANY' && (wanted === 'NO_STREAM' ? null : wanted) !== actual) {
        return { kind: 'REVISION_CONFLICT', stream, actual };
      }
    }
    const { position, recordedAt } = pending.end;
    if (expectedHead !== undefined && expectedHead !== position) return { kind: 'HEAD_MOVED', actual: position };

    const times = timesOfAppend(clock(), recordedAt);
    const own = new Set<string>();
    for (const { id } of events) {
      if (present.has(id) || pendingIds.has(id) || own.has(id)) return { kind: 'DUPLICATE_EVENT', eventId: id };
      own.add(id);
    }

    const next = new Map([...counts.keys()].map((stream) => [stream, (revisionOf(stream) ?? -1) + 1]));
    const stored = events.map((event, index): StoredEvent => {
      const revision = next.get(event.stream) ?? 0;
      next.set(event.stream, revision + 1);
      const text = data[index] ?? 'null';
      const storedEvent = toStoredEvent(event, text, request, { position: position + 1 + index, revision, ...times });
      pending.events.push(toPendingEvent(storedEvent, text));
      pendingIds.add(event.id);
      return storedEvent;
    });
    for (const [stream, count] of counts) {
      if (count === 0) continue;
      const found = revisions.get(stream) ?? null;
      pending.streams.set(stream, { found, reached: (next.get(stream) ?? 1) - 1 });
    }
    pending.end = { position: position + events.length, recordedAt: times.recordedAt };
    if (request) {
      const { idempotencyKey: key, digest } = request;
      pending.requests.push({ key, digest, firstPosition: position + 1 });
      remembered.set(key, { digest, events: stored });
    }
    return { kind: 'APPENDED', events: stored };
  };
}
