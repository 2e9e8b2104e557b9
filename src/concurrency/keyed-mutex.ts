import { newMutex, type Mutex } from './mutex.js';

/** Runs the tasks of one key one at a time; tasks of different keys run side by side. */
export interface KeyedMutex {
  runExclusive<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function newKeyedMutex(): KeyedMutex {
  const entries = new Map<string, { readonly mutex: Mutex; users: number }>();
  return {
    async runExclusive(key, task) {
      const entry = entries.get(key) ?? { mutex: newMutex(), users: 0 };
      entries.set(key, entry);
      entry.users += 1;
      try {
        return await entry.mutex.runExclusive(task);
      } finally {
        entry.users -= 1;
        if (entry.users === 0) entries.delete(key);
      }
    },
  };
}
