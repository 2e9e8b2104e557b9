import type { EventStore } from '../event-store/port.js';
import { writeCloudEvent } from './write-cloud-event.js';

/** Positions of the log: greater than `after`, up to and including `upTo`. */
export interface LogRange {
  readonly after: number;
  readonly upTo: number;
}

/** Events in memory at one time. */
const PAGE_EVENT_COUNT = 500;

/**
 * Writes a range of the log as NDJSON, in chunks of whole lines, each event as it is stored. load-file.ts loads such a file.
 * Events that are appended meanwhile lie outside the range.
 */
export async function* writeLines(
  log: Pick<EventStore, 'readAll'>,
  { after, upTo }: LogRange,
  onProgress: (position: number) => void = () => {},
): AsyncGenerator<string> {
  let reached = after;
  while (reached < upTo) {
    const events = await log.readAll(reached, Math.min(PAGE_EVENT_COUNT, upTo - reached));
    const last = events.at(-1);
    if (last === undefined) throw new Error(`The log has no event after position ${reached}, but its head is ${upTo}.`);
    yield events.map((event) => `${writeCloudEvent(event)}\n`).join('');
    reached = last.position;
    onProgress(reached);
  }
}
