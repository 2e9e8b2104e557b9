import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { eventStoreContract } from './event-store.js';
import { onEngine } from './event-store/on-engine.js';

eventStoreContract('SQLite', {
  async open() {
    const directory = await mkdtemp(join(tmpdir(), 'peildatum-'));
    return onEngine({
      open: (clock) => openSqliteEventStore({ file: join(directory, 'log.sqlite'), clock }),
      remove: () => rm(directory, { recursive: true }),
    });
  },
});
