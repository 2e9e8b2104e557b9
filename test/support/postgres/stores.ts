import { afterEach } from 'vitest';
import type { EventStore } from '../../../src/event-store/port.js';
import { openPostgresEventStore, type PostgresEventStoreOptions } from '../../../src/event-store/postgres/index.js';

/** Opens stores that are closed after each test. */
export function testStores(): (options: PostgresEventStoreOptions) => Promise<EventStore> {
  const opened: EventStore[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  return async (options) => {
    const store = await openPostgresEventStore(options);
    opened.push(store);
    return store;
  };
}
