/** What is measured of logs: events of one shape, and the ways in which they come. */
import type { NewEvent } from '../events/envelope.js';
import { newEventId } from '../src/event-store/event-id.js';
import type { EventStore, HistoricEvent } from '../src/event-store/port.js';

const CONCURRENT = 100;

const newEvent = (index: number): NewEvent & { stream: string } => ({
  id: newEventId(),
  stream: `region-${(index * 7919) % 1000}`,
  type: 'MilestoneRecorded',
  schemaVersion: 2,
  actor: 'bench',
  correlationId: `bench-${Math.floor(index / 50)}`,
  causationId: null,
  data: { on: '2020-04', precision: 'SEASON', text: `It happened for the ${index}th time. `.repeat(5), evidence: [] },
});

export const history = (events: number): HistoricEvent[] =>
  Array.from({ length: events }, (_, index) => ({
    ...newEvent(index),
    recordedAt: new Date(Date.UTC(2020, 0, 1) + Math.floor(index / 10) * 1000).toISOString(),
    recordedAtStated: true,
    appendedAt: null,
    idempotencyKey: null,
    requestDigest: null,
    position: null,
    revision: null,
  }));

export interface Work {
  readonly name: string;
  readonly events: number;
  /** How many events come to be durable together, at the most. */
  readonly perCommit: number;
  readonly prepare?: (store: EventStore) => Promise<unknown>;
  readonly work: (store: EventStore) => Promise<unknown>;
}

/** Appends one by one, a hundred at a time, and the load of a history. */
export const appendWorks = (sizes: {
  readonly singles: number;
  readonly groups: number;
  readonly load: number;
}): Work[] => {
  const past = history(sizes.load);
  return [
    {
      name: 'append, one by one',
      events: sizes.singles,
      perCommit: 1,
      async work(store) {
        for (let index = 0; index < sizes.singles; index += 1) await store.append({ events: [newEvent(index)] });
      },
    },
    {
      name: `append, ${CONCURRENT} at a time`,
      events: CONCURRENT * sizes.groups,
      perCommit: CONCURRENT,
      async work(store) {
        for (let group = 0; group < sizes.groups; group += 1) {
          const events = Array.from({ length: CONCURRENT }, (_, index) => newEvent(group * CONCURRENT + index));
          await Promise.all(events.map((event) => store.append({ events: [event] })));
        }
      },
    },
    { name: `load ${sizes.load} events`, events: sizes.load, perCommit: sizes.load, work: (store) => store.load(past) },
  ];
};

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** A median with the least and the greatest. */
export const spread = (ratios: readonly number[]): string =>
  `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
