import type { EventContent } from '../events/domain-event.js';
import { currentVersion } from '../events/event-types.js';
import type { HistoricEvent } from '../src/event-store/port.js';
import { endOfDay } from '../src/time/civil-date.js';
import { deterministicIds } from './deterministic-ids.js';

/** The content of one event of a data set, and its stream. */
export type Entry = EventContent & { readonly stream: string };

/** Entries that are recorded together, at the end of a day in the programme's zone. */
export interface Recording {
  /** Names the recording within its data set: '2019-03'. */
  readonly name: string;
  readonly recordedOn: string;
  readonly entries: readonly Entry[];
}

const ZONE = 'Europe/Amsterdam';

/** Turns recordings into events, the same at every build. A data set has one writer, which keeps its ids unique. */
export function historyWriter(dataset: string): (recording: Recording) => HistoricEvent[] {
  const newId = deterministicIds();
  return ({ name, recordedOn, entries }) => {
    const recordedAt = endOfDay(recordedOn, ZONE);
    return entries.map(({ stream, type, data }): HistoricEvent => {
      // Event data is JSON by its schema. TypeScript's interfaces cannot express that.
      const json = data as unknown as HistoricEvent['data'];
      return {
        id: newId(recordedAt, stream, type, json),
        stream,
        type,
        schemaVersion: currentVersion(type),
        recordedAt,
        recordedAtStated: true,
        // The log sets these when the data set is loaded.
        appendedAt: null,
        position: null,
        revision: null,
        actor: `dataset:${dataset}`,
        correlationId: `${dataset}:${name}`,
        causationId: null,
        idempotencyKey: null,
        requestDigest: null,
        data: json,
      };
    });
  };
}
