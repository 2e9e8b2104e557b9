import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope.js';
import type { EventStore } from '../../src/event-store/port.js';
import { eventStoreExamples } from './event-store.js';
import { START, type LogUnderTest } from './event-store/log-under-test.js';

/** Does nothing, and says that it went well. */
const idle: EventStore = {
  append: async () => ({ kind: 'APPENDED', events: [] }),
  load: async () => ({ loaded: 0, present: 0 }),
  head: async () => ({ position: 0, recordedAt: null }),
  readAll: async () => [],
  readStream: async () => [],
  findRequest: async () => null,
  byIds: async () => [],
  byPositions: async () => [],
  find: async () => ({ events: [], totalCount: 0 }),
  positionAt: async () => 0,
  revisionsAt: async () => new Map(),
  subtreeHashes: async () => [],
  keepCheckpoint: async () => {},
  checkpoints: async () => [],
  onAppend: () => () => {},
  close: async () => {},
};

/** Answers an append or a load just as a new log would, and keeps nothing. */
const forgetful: EventStore = {
  ...idle,
  async append({ events, request }) {
    const next = new Map<string, number>();
    const stored = events.map((event, index): StoredEvent => {
      const revision = next.get(event.stream) ?? 0;
      next.set(event.stream, revision + 1);
      return {
        ...event,
        position: index + 1,
        revision,
        recordedAt: START,
        recordedAtStated: false,
        appendedAt: START,
        idempotencyKey: request?.idempotencyKey ?? null,
        requestDigest: request?.digest ?? null,
      };
    });
    return { kind: 'APPENDED', events: stored };
  },
  async load(history) {
    let loaded = 0;
    for await (const _ of history) loaded += 1;
    return { loaded, present: 0 };
  },
};

const logOf = (store: EventStore): LogUnderTest => ({
  store,
  another: async () => store,
  reopen: async () => store,
  setClock() {},
  timeoutMs: 20,
  async dispose() {},
});

/** What fails is what is stated, and not the example itself. A property that fails tells which assertion was the cause. */
const isAssertion = (failure: unknown): boolean =>
  failure instanceof Error && (failure.name === 'AssertionError' || isAssertion(failure.cause));

describe.each([
  ['does nothing', idle],
  ['keeps nothing', forgetful],
])('a store that %s', (_, store) => {
  for (const example of Object.values(eventStoreExamples).flat()) {
    it(`fails where a log ${example.name}`, async () => {
      const failure: unknown = await example.run(logOf(store)).catch((error: unknown) => error);
      expect(isAssertion(failure), `It did not fail by an assertion: ${String(failure)}`).toBe(true);
    });
  }
});
