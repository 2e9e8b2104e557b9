import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { eventStoreContract } from './event-store.js';
import { START } from './event-store/log-under-test.js';

eventStoreContract('SQLite', {
  async open() {
    const directory = await mkdtemp(join(tmpdir(), 'peildatum-'));
    let now = new Date(START);
    const opened: EventStore[] = [];
    const open = (): EventStore => {
      const store = openSqliteEventStore({ file: join(directory, 'log.sqlite'), clock: () => now });
      opened.push(store);
      return store;
    };
    const closeAll = () => Promise.all(opened.splice(0).map((store) => store.close()));
    return {
      store: open(),
      another: async () => open(),
      async reopen() {
        await closeAll();
        return open();
      },
      setClock(date) {
        now = date;
      },
      patience: 30_000,
      async dispose() {
        await closeAll();
        await rm(directory, { recursive: true });
      },
    };
  },
});
