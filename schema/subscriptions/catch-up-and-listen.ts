import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress, Snapshot } from '../../src/read-models/projector/progress.js';
import type { FeedCursor } from './change-feed.js';

/** Items of a feed, oldest first: all that there are up to the position `through`. */
export interface Batch<T> {
  readonly items: readonly T[];
  readonly through: number;
}

/**
 * Yields what was recorded after the cursor, and then what is recorded later, as soon as the read models include it. Only
 * positions decide what comes next, so that no item is missed or repeated where history ends and live items begin. However
 * far behind its reader is, it holds one batch at a time.
 *
 * @param read reads a batch of what comes after the position; `through` must be greater than that position
 */
export async function* catchUpAndListen<T extends { readonly position: number }>(
  cursor: FeedCursor,
  progress: Progress,
  read: (snapshot: Snapshot, after: number) => Promise<Batch<T>>,
  signal: AbortSignal,
): AsyncGenerator<T, undefined> {
  for (;;) {
    const snapshot = await progress.waitForMore(cursor.resumeAfter, signal);
    if (!snapshot) return undefined;
    const { items, through } = await read(snapshot, cursor.resumeAfter);
    for (const [index, item] of items.entries()) {
      const isLastOfPosition = items[index + 1]?.position !== item.position;
      cursor.resumeAfter = isLastOfPosition ? item.position : item.position - 1;
      yield item;
    }
    cursor.resumeAfter = through;
    // A long history in which nothing passes the filter must not keep other requests waiting.
    await nextTurn();
  }
}
