/** Functions to call when something has happened. */
export interface Listeners {
  readonly size: number;
  /** Adds a function, even one that was added before; the returned function removes it. */
  add(listener: () => void): () => void;
  /** Calls each in a microtask of its own: one that throws neither keeps the others from being called nor fails the caller. */
  notify(): void;
  clear(): void;
}

export function newListeners(): Listeners {
  const entries = new Set<{ readonly listener: () => void }>();
  return {
    get size() {
      return entries.size;
    },
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    notify() {
      for (const { listener } of entries) queueMicrotask(listener);
    },
    clear() {
      entries.clear();
    },
  };
}
