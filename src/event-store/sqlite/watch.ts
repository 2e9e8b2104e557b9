import type Database from 'better-sqlite3';
import { newListeners } from '../../concurrency/listeners.js';

/** How often to look for what other processes appended, in milliseconds. */
const INTERVAL = 100;

export interface Watch {
  onAppend(wake: () => void): () => void;
  /** Wakes the listeners if the log has grown. */
  look(): void;
  stop(): void;
}

/** Watches the end of the log: looking costs one seek, so it is done again and again while anybody listens. */
export function watchLog(reader: Database.Database): Watch {
  const last = reader.prepare<[], number>('SELECT ifnull(max(position), 0) FROM event').pluck();
  const listeners = newListeners();
  let seen = 0;
  let timer: NodeJS.Timeout | null = null;

  /** A look that fails fails no append and stops no process: the next one comes soon, and questions tell what is wrong. */
  function headOrSeen(): number {
    try {
      return last.get() ?? 0;
    } catch {
      return seen;
    }
  }

  function look(): void {
    if (listeners.size === 0) return;
    const position = headOrSeen();
    if (position <= seen) return;
    seen = position;
    listeners.notify();
  }

  function stop(): void {
    if (timer) clearInterval(timer);
    timer = null;
  }

  return {
    onAppend(wake) {
      if (listeners.size === 0) seen = last.get() ?? 0;
      const remove = listeners.add(wake);
      // Listening alone keeps no process alive.
      timer ??= setInterval(look, INTERVAL).unref();
      return () => {
        remove();
        if (listeners.size === 0) stop();
      };
    },
    look,
    stop() {
      listeners.clear();
      stop();
    },
  };
}
