import type Database from 'better-sqlite3';

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
  const listeners = new Set<{ readonly wake: () => void }>();
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
    // Each in a turn of its own: one that throws does not keep the others asleep, nor fail the append.
    for (const { wake } of listeners) queueMicrotask(wake);
  }

  function stop(): void {
    if (timer) clearInterval(timer);
    timer = null;
  }

  return {
    onAppend(wake) {
      const listener = { wake };
      if (listeners.size === 0) seen = last.get() ?? 0;
      listeners.add(listener);
      // Listening alone keeps no process alive.
      timer ??= setInterval(look, INTERVAL).unref();
      return () => {
        listeners.delete(listener);
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
