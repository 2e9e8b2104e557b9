import type { EventStore } from '../../../src/event-store/port.js';
import { START, type LogUnderTest } from './log-under-test.js';

/** How the stores of an engine that keeps what it is given are opened, and what is left to remove after them. */
interface KeepingEngine {
  readonly open: (clock: () => Date) => EventStore | Promise<EventStore>;
  readonly remove?: () => Promise<unknown>;
}

/** A new log under test, on an engine on which any number of stores can have one log open. */
export async function onEngine({ open: openStore, remove }: KeepingEngine): Promise<LogUnderTest> {
  let now = new Date(START);
  const opened: EventStore[] = [];
  const open = async (): Promise<EventStore> => {
    const store = await openStore(() => now);
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
    timeoutMs: 30_000,
    async dispose() {
      await closeAll();
      await remove?.();
    },
  };
}
