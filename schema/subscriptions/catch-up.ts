import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress, Snapshot } from '../../src/read-models/projector/progress.js';
import type { Place } from './change-feed.js';

/** A part of what there is, oldest first: all of it up to the position `through`. */
export interface Part<T> {
  readonly items: readonly T[];
  readonly through: number;
}

/**
 * What there is after a place, and then what comes, as soon as the read models include it. It goes by positions alone, so
 * that nothing is missed or repeated where history ends and what is live begins, and holds one part at a time, however far
 * behind its reader is.
 *
 * @param read a part of what there is after the position. It must get further.
 */
export async function* follow<T extends { readonly position: number }>(
  place: Place,
  progress: Progress,
  read: (snapshot: Snapshot, after: number) => Promise<Part<T>>,
  signal: AbortSignal,
): AsyncGenerator<T, undefined> {
  for (;;) {
    const snapshot = await progress.beyond(place.resumeAfter, signal);
    if (!snapshot) return undefined;
    const { items, through } = await read(snapshot, place.resumeAfter);
    for (const [index, item] of items.entries()) {
      const isLastOfPosition = items[index + 1]?.position !== item.position;
      place.resumeAfter = isLastOfPosition ? item.position : item.position - 1;
      yield item;
    }
    place.resumeAfter = through;
    // A long history in which nothing passes the filter must not keep others from being served.
    await nextTurn();
  }
}
