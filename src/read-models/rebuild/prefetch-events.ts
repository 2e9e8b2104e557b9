import type { StoredEvent } from '../../../events/envelope.js';
import type { EventStore } from '../../event-store/port.js';
import { readEvents } from '../projector/projection-failure.js';

/** The events after one position up to another, in batches; the next batch is read while the one at hand is used. */
export async function* prefetchEvents(
  log: Pick<EventStore, 'readAll'>,
  after: number,
  upTo: number,
  size: number,
): AsyncGenerator<readonly StoredEvent[]> {
  let position = after;
  const read = () => readEvents(() => log.readAll(position, Math.min(size, upTo - position)));
  let next = position < upTo ? read() : null;
  while (next !== null) {
    const events = await next;
    const last = events.at(-1);
    if (!last) return;
    position = last.position;
    next = position < upTo ? read() : null;
    // What fails is told when it is waited for.
    next?.catch(() => {});
    yield events;
  }
}
