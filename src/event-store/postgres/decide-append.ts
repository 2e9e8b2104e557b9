import type { StoredEvent } from '../../../events/envelope.js';
import type { AppendResult, RememberedRequest } from '../port.js';
import { countByStream, resultOfKnownKey, type PreparedAppend } from '../prepared-append.js';
import { toStoredEvent } from '../stored-event.js';
import { timesOfAppend } from '../recorded-time.js';
import { toPendingEvent, type PendingWrite } from './pending-write.js';
import type { AppendContext } from './append-context.js';

/**
 * Decides the appends of a group one after the other, by what the log holds and by the appends before it in the
 * group. A refused append leaves nothing in the pending write. The end of the log is locked meanwhile, so the context
 * cannot change.
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
    if (known) return resultOfKnownKey(request, known);

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
