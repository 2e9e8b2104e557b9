import { openKurrentEventStore } from '../../src/event-store/kurrentdb/index.js';
import { describeOnKurrentdb, newLogName } from '../support/kurrentdb/shared.js';
import { eventStoreContract } from './event-store.js';
import { onEngine } from './event-store/on-engine.js';

describeOnKurrentdb('the engine of KurrentDB', (url) => {
  eventStoreContract('KurrentDB', {
    open() {
      const log = newLogName();
      return onEngine({ open: (clock) => openKurrentEventStore({ url: url(), log, clock }) });
    },
  });
});
