import type { EventStore } from '../../src/event-store/port.js';
import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { describeOnPostgres, dropSchema, newSchema } from '../support/postgres/shared.js';
import { eventStoreContract } from './event-store.js';
import { START } from './event-store/log-under-test.js';

describeOnPostgres('a PostgreSQL server', (url) => {
  eventStoreContract('PostgreSQL', {
    async open() {
      const schema = newSchema();
      let now = new Date(START);
      const opened: EventStore[] = [];
      const open = async (): Promise<EventStore> => {
        const store = await openPostgresEventStore({ url, schema, clock: () => now });
        opened.push(store);
        return store;
      };
      const closeAll = () => Promise.all(opened.splice(0).map((store) => store.close()));
      return {
        store: await open(),
        another: open,
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
          await dropSchema(url, schema);
        },
      };
    },
  });
});
