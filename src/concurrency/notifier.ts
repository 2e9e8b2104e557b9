/** Wakes the one who waits. A notification that nobody waits for is kept, and ends the next wait at once. */
export interface Notifier {
  notify(): void;
  /** Resolves on a notification, or after the timeout. One caller at a time. */
  wait(timeoutMs: number): Promise<void>;
}

export function newNotifier(): Notifier {
  let isNotified = false;
  let wake: (() => void) | null = null;
  return {
    notify() {
      isNotified = true;
      wake?.();
    },
    async wait(timeoutMs) {
      if (!isNotified) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      isNotified = false;
    },
  };
}
