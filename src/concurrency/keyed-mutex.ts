/** Lets those who want to write to one stream go one after the other. */
export interface Turns {
  take<T>(stream: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Turns within one process. Nothing depends on them: it is the expected revision that keeps history sound. But whoever waits
 * for a turn decides once, instead of deciding again and again on a history that others have moved on.
 */
export function newTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(stream, work) {
      const before = last.get(stream) ?? Promise.resolve();
      const mine = before.then(work, work);
      // What went wrong for one is that one's to hear of; the next goes on.
      const settled = mine.catch(() => {});
      last.set(stream, settled);
      try {
        return await mine;
      } finally {
        if (last.get(stream) === settled) last.delete(stream);
      }
    },
  };
}
