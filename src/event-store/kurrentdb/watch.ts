import { setTimeout as delay } from 'node:timers/promises';

/** How often to look for what others appended, in milliseconds: the server tells at once, unless its word is lost. */
const INTERVAL = 1000;

/** How long to wait before following again after that broke off, in milliseconds. */
const FOLLOW_AGAIN = 500;

export interface Watch {
  onAppend(wake: () => void): () => void;
  /** Wakes the listeners if the index has grown. */
  grown(): void;
  stop(): Promise<void>;
}

export interface Watched {
  /** Follows the native stream from where the index is, until the signal or a failure. */
  readonly follow: (each: () => void, signal: AbortSignal) => Promise<void>;
  readonly foldOn: () => Promise<void>;
  /** Where the index ends. */
  readonly position: () => number;
}

/**
 * Watches the end of the log. While anybody listens, the native stream is followed; what comes is folded, and then told. A
 * subscription can die without a word, so the log is looked at every second as well.
 */
export function watchLog({ follow, foldOn, position }: Watched): Watch {
  const listeners = new Set<{ readonly wake: () => void }>();
  let seen = position();
  let watching: AbortController | null = null;
  let stopped: Promise<unknown> = Promise.resolve();

  function grown(): void {
    const now = position();
    if (now <= seen) return;
    seen = now;
    // Each in a turn of its own: one that throws does not keep the others asleep, nor fail the append.
    for (const { wake } of listeners) queueMicrotask(wake);
  }

  /** A look that fails fails no append and stops no process: the next one comes soon, and questions tell what is wrong. */
  const look = (): Promise<void> => foldOn().then(grown, () => {});

  async function repeat(what: (signal: AbortSignal) => Promise<void>, pause: number, signal: AbortSignal) {
    while (!signal.aborted) {
      await what(signal).catch(() => {});
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  function start(): void {
    watching = new AbortController();
    const { signal } = watching;
    const followed = (until: AbortSignal) => follow(() => void look(), until);
    stopped = Promise.all([repeat(followed, FOLLOW_AGAIN, signal), repeat(look, INTERVAL, signal)]);
  }

  function stop(): void {
    watching?.abort();
    watching = null;
  }

  return {
    onAppend(wake) {
      const listener = { wake };
      listeners.add(listener);
      if (watching === null) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    grown,
    async stop() {
      listeners.clear();
      stop();
      await stopped;
    },
  };
}
