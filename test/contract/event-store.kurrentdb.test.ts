import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import type { EventStore } from '../../src/event-store/port.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { eventStoreContract } from './event-store.js';
import { START } from './event-store/log-under-test.js';

describeOnKurrentdb('the engine of KurrentDB', (url) => {
  eventStoreContract('KurrentDB', {
    async open() {
      const log = newLogName();
      let now = new Date(START);
      const opened: EventStore[] = [];
      const open = async (): Promise<EventStore> => {
        const store = await openKurrentEventStore({ url: url(), log, clock: () => now });
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
        dispose: async () => void (await closeAll()),
      };
    },
  });
});
