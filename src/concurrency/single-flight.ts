/**
 * Work that many ask for at once and that comes to the same for all of them. What runs already may have begun before the
 * state that an asker knows of, so whoever comes meanwhile gets the run after it: they share one, however many they are.
 */
export function sharedWork<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  const begin = (): Promise<T> => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };

  return () => {
    if (!running) return begin();
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
