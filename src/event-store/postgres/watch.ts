import { setTimeout as delay } from 'node:timers/promises';
import type { Single } from './connect.js';

/** How often to look for what others appended, in milliseconds: the server tells at once, unless its word is lost. */
const INTERVAL = 1000;

/** How long to wait before listening again after the connection broke, in milliseconds. */
const LISTEN_AGAIN = 500;

export interface Watch {
  onAppend(wake: () => void): () => void;
  /** Wakes the listeners if the log has grown to that position. */
  reached(position: number): void;
  stop(): Promise<void>;
}

export interface Watched {
  /** A new connection, which listens and is cut here. */
  readonly single: () => Single;
  readonly channel: string;
  readonly head: () => Promise<{ readonly position: number }>;
  /** How far the log was when watching began: what came after it wakes whoever begins to listen. */
  readonly seen: number;
}

/**
 * Watches the end of the log. Whoever commits tells the channel, and the connection that listens there hears it at once. A
 * word can be lost, with a connection or in a pooler between, so the log is looked at every second as well.
 */
export function watchLog({ single, channel, head, seen: first }: Watched): Watch {
  const listeners = new Set<{ readonly wake: () => void }>();
  let seen = first;
  let watching: AbortController | null = null;
  let stopped: Promise<unknown> = Promise.resolve();

  function reached(position: number): void {
    if (position <= seen) return;
    seen = position;
    // Each in a turn of its own: one that throws does not keep the others asleep, nor fail the append.
    for (const { wake } of listeners) queueMicrotask(wake);
  }

  /** A look that fails fails no append and stops no process: the next one comes soon, and questions tell what is wrong. */
  const look = (): Promise<void> =>
    head().then(
      ({ position }) => reached(position),
      () => {},
    );

  /** Listens until the connection ends, by itself or because nobody listens any more. */
  async function listen(signal: AbortSignal): Promise<void> {
    const { client, unref, cut } = single();
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve);
      client.on('error', () => resolve());
    });
    signal.addEventListener('abort', cut);
    try {
      client.on('notification', ({ payload }) => reached(Number(payload)));
      await client.connect();
      // Listening alone keeps no process alive.
      unref();
      await client.query(`LISTEN "${channel}"`);
      // What was committed before the server took note of that was not told.
      await look();
      await ended;
    } finally {
      signal.removeEventListener('abort', cut);
      cut();
    }
  }

  async function repeat(what: (signal: AbortSignal) => Promise<void>, pause: number, signal: AbortSignal) {
    while (!signal.aborted) {
      await what(signal).catch(() => {});
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  function start(): void {
    watching = new AbortController();
    const { signal } = watching;
    stopped = Promise.all([repeat(listen, LISTEN_AGAIN, signal), repeat(look, INTERVAL, signal)]);
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
    reached,
    async stop() {
      listeners.clear();
      stop();
      await stopped;
    },
  };
}
