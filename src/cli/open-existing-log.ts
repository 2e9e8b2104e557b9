import type { Config } from '../config/config.js';
import { StoreUnusableError } from '../event-store/errors.js';
import { openEventStore } from '../event-store/open.js';
import type { EventStore } from '../event-store/port.js';
import { ExpectedError } from '../../events/errors/expected-error.js';

/** Opens a log that must exist, where `openEventStore` would create an empty one. @throws {ExpectedError} */
export async function openExistingLog({ eventStoreUrl }: Pick<Config, 'eventStoreUrl'>): Promise<EventStore> {
  try {
    return await openEventStore(eventStoreUrl, { existing: true });
  } catch (error) {
    throw error instanceof StoreUnusableError && error.code === 'ABSENT' ? new ExpectedError(error.message) : error;
  }
}
