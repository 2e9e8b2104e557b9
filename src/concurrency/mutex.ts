/** Does work in the order in which it is asked for, each when the one before it has ended, however it ended. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

/**
 * Work that many ask for at once, done once for all who asked before it began: whoever asks later may know of something that
 * it has not seen.
 * @param queued says when it begins, and does not do so at once.
 */
export function sharing(queued: (begun: () => void) => Promise<void>): () => Promise<void> {
  let waiting: Promise<void> | null = null;
  return () => (waiting ??= queued(() => (waiting = null)));
}
