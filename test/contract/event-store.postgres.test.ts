import { openPostgresEventStore } from '../../src/event-store/postgres/index.js';
import { describeOnPostgres, dropSchema, newSchema } from '../support/postgres/shared.js';
import { eventStoreContract } from './event-store.js';
import { onEngine } from './event-store/on-engine.js';

describeOnPostgres('a PostgreSQL server', (url) => {
  eventStoreContract('PostgreSQL', {
    open() {
      const schema = newSchema();
      return onEngine({
        open: (clock) => openPostgresEventStore({ url, schema, clock }),
        remove: () => dropSchema(url, schema),
      });
    },
  });
});
