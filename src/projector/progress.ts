import type { ReadDatabase } from '../../projections/read-model.js';
import type { ReadDatabaseHandle } from '../read-database/open.js';
import { liveVersion, tablesOf } from '../read-database/versions.js';
import type { Projector } from './projector.js';

/** How often to look for what another process has projected, in milliseconds. */
const INTERVAL = 200;

/** The read models as they stand. */
export interface Snapshot {
  readonly read: ReadDatabase;
  /** The position of the last event that they include. */
  readonly checkpoint: number;
}

/** Follows the read models on their way along the log, whoever projects. */
export interface Progress {
  /** Waits until the read models include more than the position. Null once the signal is aborted, or all is stopped. */
  beyond(position: number, signal: AbortSignal): Promise<Snapshot | null>;
  /** Lets everybody go who waits. */
  stop(): void;
}

export interface ProgressSources {
  readonly database: ReadDatabaseHandle;
  readonly projector: Pick<Projector, 'onProgress'>;
}

export function followProgress({ database, projector }: ProgressSources): Progress {
  const waiting = new Set<() => void>();
  const stopped = new AbortController();
  let steps = 0;
  let seen = -1;
  let timer: NodeJS.Timeout | null = null;

  const wake = (): void => {
    steps += 1;
    for (const go of waiting) go();
  };

  /** One look for all who wait. What fails is looked at again soon, and fails those who ask for themselves. */
  const look = async (): Promise<void> => {
    const position = (await liveVersion(database.reading).catch(() => undefined))?.position ?? seen;
    if (position === seen) return;
    seen = position;
    wake();
  };

  /** Until there may be news, or nobody wants it any more. */
  const nextStep = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        signal.removeEventListener('abort', go);
        if (waiting.size === 0 && timer) {
          clearInterval(timer);
          timer = null;
        }
        resolve();
      };
      waiting.add(go);
      signal.addEventListener('abort', go);
      // Waiting alone keeps no process alive.
      timer ??= setInterval(() => void look(), INTERVAL).unref();
    });

  const forget = projector.onProgress(wake);

  return {
    async beyond(position, signal) {
      while (!signal.aborted && !stopped.signal.aborted) {
        const before = steps;
        const live = await liveVersion(database.reading);
        if (live && live.position > position) {
          return { checkpoint: live.position, read: tablesOf(database.reading, live.version) };
        }
        // A step that was made while we looked woke nobody.
        if (steps === before && !signal.aborted && !stopped.signal.aborted) await nextStep(signal);
      }
      return null;
    },
    stop() {
      stopped.abort();
      forget();
      wake();
    },
  };
}
