import { expect } from 'vitest';
import type { Json, NewEvent, StoredEvent } from '../../../events/envelope.js';
import { newEventId } from '../../../src/event-store/event-id.js';
import type { Append, AppendResult, EventStore, HistoricEvent } from '../../../src/event-store/port.js';
import type { LogUnderTest } from './log-under-test.js';

export type EventForStream = NewEvent & { readonly stream: string };

/** An event that any stream may hold. */
export const event = (stream: string, about: Partial<NewEvent> & { readonly text?: string } = {}): EventForStream => {
  const { text = 'It happened.', ...given } = about;
  return {
    id: newEventId(),
    stream,
    type: 'MilestoneRecorded',
    schemaVersion: 2,
    actor: 'tester',
    correlationId: 'test',
    causationId: null,
    data: { on: '2020-04', precision: 'SEASON', text, evidence: [] },
    ...given,
  };
};

export const events = (count: number, stream: string): EventForStream[] =>
  Array.from({ length: count }, (_, index) => event(stream, { text: `Number ${index}` }));

/** An event of a history that states when it was recorded. */
export const historic = (recordedAt: string, about: Partial<HistoricEvent> = {}): HistoricEvent => ({
  ...event('past'),
  recordedAt,
  recordedAtStated: true,
  appendedAt: null,
  idempotencyKey: null,
  requestDigest: null,
  position: null,
  revision: null,
  ...about,
});

/** A history of one event an hour from 1 January 2020 on. */
export const history = (hours: number): HistoricEvent[] =>
  Array.from({ length: hours }, (_, hour) => historic(new Date(Date.UTC(2020, 0, 1, hour)).toISOString()));

export const sized = (megabytes: number): Json => ({
  key: 'large',
  title: 'A large report',
  publisher: 'Nobody',
  publishedOn: '2021',
  period: null,
  tables: [],
  claims: Array.from({ length: 250 * megabytes }, (_, index) => ({
    key: `claim-${index}`,
    text: { nl: 'é'.repeat(3900), en: null },
    claimed: index,
    qualifier: 'ABOUT',
    unit: 'claims',
    formula: null,
    source: 'page 1',
  })),
});

/** Appends, and expects that to go through. */
export async function append(store: EventStore, given: readonly EventForStream[], how: Omit<Append, 'events'> = {}) {
  const result = await store.append({ ...how, events: given });
  expect(result.kind).toBe('APPENDED');
  expect(ids(eventsOf(result))).toEqual(ids(given));
  return eventsOf(result);
}

export const eventsOf = (result: AppendResult): readonly StoredEvent[] => ('events' in result ? result.events : []);

/** The whole log, read in pages of that many events. */
export async function everything(store: EventStore, page = 1000): Promise<StoredEvent[]> {
  const read: StoredEvent[] = [];
  for (;;) {
    const next = await store.readAll(read.at(-1)?.position ?? 0, page);
    expect(next.length).toBeLessThanOrEqual(page);
    if (next.length === 0) return read;
    read.push(...next);
  }
}

export const ids = (given: readonly { readonly id: string }[]): string[] => given.map(({ id }) => id);

/** Positions 1, 2, 3 … and in each stream revisions 0, 1, 2 …, without gaps or repetitions. */
export function expectDense(log: readonly StoredEvent[]): void {
  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1));
  const next = new Map<string, number>();
  for (const { stream, revision } of log) {
    expect(revision).toBe(next.get(stream) ?? 0);
    next.set(stream, revision + 1);
  }
}

/** The log is just this long, and still takes an append: what was refused has left nothing behind. */
export async function expectLength(store: EventStore, length: number): Promise<void> {
  expect((await store.head()).position).toBe(length);
  const [next] = await append(store, [event('afterwards')]);
  expect(next?.position).toBe(length + 1);
  expectDense(await everything(store));
  expect(await everything(store)).toHaveLength(length + 1);
}

/** Waits until it is so, for at most the log's timeout. */
export async function eventually(log: LogUnderTest, what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + log.timeoutMs;
  while (!isSo()) {
    expect(performance.now(), `waited in vain: ${what}`).toBeLessThan(deadline);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
