import type { EventData } from '../../events/event-types.js';
import type { EventStore } from '../event-store/port.js';
import type { Vault } from './vault/port.js';

const PAGE = 200;

/**
 * Erases again whom the log says was erased: a vault restored from an older backup knows them still, and a new one would take
 * their ids for new ones. Returns how many the vault still knew.
 */
export async function repeatErasures(log: Pick<EventStore, 'head' | 'find'>, vault: Vault): Promise<number> {
  const { position: upToPosition } = await log.head();
  let known = 0;
  for (let after = 0; ;) {
    const { events } = await log.find({ types: ['ActorErased'], upToPosition }, { after, limit: PAGE, from: 'FIRST' });
    for (const { data } of events) {
      const { actor } = data as EventData['ActorErased'];
      const standing = await vault.standingOf(actor);
      if (standing === 'KNOWN') known += 1;
      if (standing !== 'ERASED') await vault.erase(actor);
    }
    const last = events.at(-1);
    if (last === undefined) return known;
    after = last.position;
  }
}
