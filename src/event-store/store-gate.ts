/** The way in for every call of a store. */
export interface StoreGate {
  /** Runs an operation and rejects with a store error when it fails. Rejects at once when the store is closed. */
  run<T>(operation: () => Promise<T>): Promise<T>;
  /** Whether close was called: what waits for a server that is away need not wait any longer. */
  isClosing(): boolean;
  /**
   * Refuses further operations, waits for those that run, and releases what the store holds. A second call does
   * nothing more.
   */
  close(): Promise<void>;
}

export interface StoreGateOptions {
  /** An error that names the log and a remedy; errors that it does not know are returned as they are. */
  readonly toStoreError: (error: unknown) => unknown;
  readonly release: () => Promise<void>;
}

export function newStoreGate({ toStoreError, release }: StoreGateOptions): StoreGate {
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | null = null;

  async function withStoreErrors<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      throw toStoreError(error);
    }
  }

  async function shutDown(): Promise<void> {
    await Promise.allSettled(running);
    await release();
  }

  return {
    async run(operation) {
      if (closing) throw new Error('The event store is closed.');
      const outcome = withStoreErrors(operation);
      running.add(outcome);
      try {
        return await outcome;
      } finally {
        running.delete(outcome);
      }
    },
    isClosing: () => closing !== null,
    close: () => (closing ??= shutDown()),
  };
}
