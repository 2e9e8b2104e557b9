/** Runs tasks one at a time, in the order in which they arrive. */
export interface Mutex {
  runExclusive<T>(task: () => Promise<T>): Promise<T>;
}

export function newMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return {
    runExclusive(task) {
      const run = last.then(task);
      // A rejected task must not reject those queued behind it.
      last = run.catch(() => {});
      return run;
    },
  };
}
