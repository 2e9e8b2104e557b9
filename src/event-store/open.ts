import { existsSync } from 'node:fs';
import { StoreUnusableError } from './errors.js';
import { openKurrentEventStore } from './kurrentdb/index.js';
import type { EventStore } from './port.js';
import { openPostgresEventStore } from './postgres/index.js';
import { openSqliteEventStore } from './sqlite/index.js';

/** The engine that stores a log, and where. */
export type EventStoreUrl =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres' | 'kurrentdb'; readonly url: string };

export interface OpenOptions {
  /** What time it is; the machine's clock unless something else is given. */
  readonly clock?: () => Date;
  /** Fails with ABSENT instead of creating a log where there is none. */
  readonly existing?: boolean;
}

/** Opens the log. Creates an empty one where there is none, unless `existing` is set. @throws {StoreUnusableError} */
export async function openEventStore(url: EventStoreUrl, options: OpenOptions = {}): Promise<EventStore> {
  const { existing = false, ...given } = options;
  switch (url.engine) {
    case 'sqlite':
      if (existing && !existsSync(url.path)) {
        throw new StoreUnusableError(
          'ABSENT',
          `There is no log at '${url.path}'. DATA_DIR and EVENT_STORE_URL say where it is.`,
        );
      }
      return openSqliteEventStore({ file: url.path, ...given });
    case 'postgres':
      return openPostgresEventStore({ url: url.url, existing, ...given });
    case 'kurrentdb':
      return openKurrentEventStore({ url: url.url, existing, ...given });
  }
}
