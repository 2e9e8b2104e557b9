import type { EventData } from '../../events/event-types.js';
import type { EventStore } from '../event-store/port.js';
import type { Vault } from './vault/port.js';

const PAGE_SIZE = 200;

/**
 * Erases every actor again that the log says was erased. A vault that was restored from an older backup still knows such
 * actors, and an empty vault would take their ids for new ones. Returns how many the vault still knew.
 */
export async function repeatErasures(log: Pick<EventStore, 'head' | 'find'>, vault: Vault): Promise<number> {
  const { position: upToPosition } = await log.head();
  let knownCount = 0;
  for (let after = 0; ;) {
    const { events } = await log.find(
      { types: ['ActorErased'], upToPosition },
      { after, limit: PAGE_SIZE, from: 'FIRST' },
    );
    for (const { data } of events) {
      const { actor } = data as EventData['ActorErased'];
      const status = await vault.statusOf(actor);
      if (status === 'KNOWN') knownCount += 1;
      if (status !== 'ERASED') await vault.erase(actor);
    }
    const last = events.at(-1);
    if (last === undefined) return knownCount;
    after = last.position;
  }
}
