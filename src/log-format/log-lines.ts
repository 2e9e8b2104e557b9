import type { EventStore } from '../event-store/port.js';
import { cloudEventOf } from './cloud-event.js';

/** A part of the log: positions greater than `after`, up to `upTo` and included. */
export interface LogPart {
  readonly after: number;
  readonly upTo: number;
}

/** Events per reading: what is in memory at one time. */
const PAGE = 500;

/**
 * The lines of a part of the log, several a chunk: the form that histories are loaded from, each event as it is stored.
 * The log only grows, so what is appended meanwhile changes nothing.
 */
export async function* logLines(
  log: Pick<EventStore, 'readAll'>,
  { after, upTo }: LogPart,
  onProgress: (position: number) => void = () => {},
): AsyncGenerator<string> {
  let reached = after;
  while (reached < upTo) {
    const events = await log.readAll(reached, Math.min(PAGE, upTo - reached));
    const last = events.at(-1);
    if (last === undefined) throw new Error(`The log has no event after position ${reached}, but its head is ${upTo}.`);
    yield events.map((event) => `${cloudEventOf(event)}\n`).join('');
    reached = last.position;
    onProgress(reached);
  }
}
