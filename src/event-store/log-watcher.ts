import { setTimeout as delay } from 'node:timers/promises';
import { newListeners } from '../concurrency/listeners.js';

/** How long to wait before listening to the server again after that broke off. */
const LISTEN_AGAIN_DELAY_MS = 500;

/** How often to read the end of a log on a server, which tells of appends at once unless a message is lost. */
export const SERVER_POLL_INTERVAL_MS = 1000;

/** Wakes those who wait for events. Watching alone keeps no process alive. */
export interface LogWatcher {
  /** Calls `wake` soon after the log has grown, until the returned function is called. */
  onAppend(wake: () => void): () => void;
  /** Wakes the listeners if the log ends at a later position than was known. */
  notifyHead(position: number): void;
  stop(): Promise<void>;
}

/** What a server's messages lead to. */
export interface HeadMessages {
  /** The log ends at this position. */
  notifyHead(position: number): void;
  /** The log may have grown. */
  checkHead(): Promise<void>;
}

export interface LogWatcherOptions {
  /** The position at which the log ends when it is opened. */
  readonly headPosition: number;
  readonly readHeadPosition: () => Promise<number>;
  readonly pollIntervalMs: number;
  /** Passes on the messages of a server until the signal is aborted, or fails. Keeps no process alive. */
  readonly listen?: (messages: HeadMessages, signal: AbortSignal) => Promise<void>;
}

/**
 * Watches the end of a log while anybody listens. A server tells of appends at once, but a message is lost with a connection
 * that dies in silence. So the end is read at intervals too, which costs one seek.
 */
export function newLogWatcher(options: LogWatcherOptions): LogWatcher {
  const { readHeadPosition, pollIntervalMs, listen } = options;
  const listeners = newListeners();
  let headPosition = options.headPosition;
  let watching: AbortController | null = null;
  let stopped: Promise<unknown> = Promise.resolve();

  function notifyHead(position: number): void {
    if (position <= headPosition) return;
    headPosition = position;
    listeners.notify();
  }

  /** A failed read is ignored: the next one comes soon, and whoever reads the log is told what is wrong. */
  const checkHead = async (): Promise<void> => {
    try {
      notifyHead(await readHeadPosition());
    } catch {
      // Ignored.
    }
  };

  async function repeat(work: (signal: AbortSignal) => Promise<void>, delayMs: number, signal: AbortSignal) {
    while (!signal.aborted) {
      await work(signal).catch(() => {});
      await delay(delayMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  function start(): void {
    watching = new AbortController();
    const { signal } = watching;
    const polling = repeat(checkHead, pollIntervalMs, signal);
    const listening =
      listen && repeat((until) => listen({ notifyHead, checkHead }, until), LISTEN_AGAIN_DELAY_MS, signal);
    stopped = Promise.all([polling, listening]);
  }

  function stop(): void {
    watching?.abort();
    watching = null;
  }

  return {
    onAppend(wake) {
      const remove = listeners.add(wake);
      if (watching === null) start();
      return () => {
        remove();
        if (listeners.size === 0) stop();
      };
    },
    notifyHead,
    async stop() {
      listeners.clear();
      stop();
      await stopped;
    },
  };
}
