import { setTimeout as delay } from 'node:timers/promises';
import { newListeners } from '../concurrency/listeners.js';

/** How often to look for what others appended, in milliseconds: the server tells at once, unless its word is lost. */
const INTERVAL = 1000;

/** How long to wait before hearing again after that broke off, in milliseconds. */
const HEAR_AGAIN = 500;

export interface Watch {
  onAppend(wake: () => void): () => void;
  /** Wakes the listeners if the log has grown to that position. */
  reached(position: number): void;
  stop(): Promise<void>;
}

/** What comes from a server that tells of its news. */
export interface News {
  reached(position: number): void;
  /** There may be news. */
  look(): Promise<void>;
}

export interface Watched {
  /** How far the log was when watching began: what came after it wakes whoever begins to listen. */
  readonly seen: number;
  /** Where the log ends. */
  readonly end: () => Promise<number>;
  /** Passes on what the server tells, until the signal or a failure. Alone it keeps no process alive. */
  readonly hear: (news: News, signal: AbortSignal) => Promise<void>;
}

/**
 * Watches the end of a log on a server, while anybody listens. The server tells of news at once; a word can be lost, with a
 * connection or a subscription that dies in silence, so the log is looked at every second as well.
 */
export function watchLog({ seen: first, end, hear }: Watched): Watch {
  const listeners = newListeners();
  let seen = first;
  let watching: AbortController | null = null;
  let stopped: Promise<unknown> = Promise.resolve();

  function reached(position: number): void {
    if (position <= seen) return;
    seen = position;
    listeners.notify();
  }

  /** A look that fails fails no append and stops no process: the next one comes soon, and questions tell what is wrong. */
  const look = (): Promise<void> => end().then(reached, () => {});

  async function repeat(what: (signal: AbortSignal) => Promise<void>, pause: number, signal: AbortSignal) {
    while (!signal.aborted) {
      await what(signal).catch(() => {});
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  function start(): void {
    watching = new AbortController();
    const { signal } = watching;
    const hearing = (until: AbortSignal) => hear({ reached, look }, until);
    stopped = Promise.all([repeat(hearing, HEAR_AGAIN, signal), repeat(look, INTERVAL, signal)]);
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
    reached,
    async stop() {
      listeners.clear();
      stop();
      await stopped;
    },
  };
}
