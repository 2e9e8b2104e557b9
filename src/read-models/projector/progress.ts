import type { ReadDatabase } from '../../../projections/read-database.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { answeringVersion, tablesOf, type VersionRow } from '../database/versions.js';
import type { Projector } from './projector.js';

/** How often to look for what another process has projected, in milliseconds: for who waits for any news, or all the time. */
const INTERVAL = 200;

/** The same, for who has written something and waits for that: a look is one read of one row. */
const SHORT_INTERVAL = 15;

/** The read models as they stand. */
export interface Snapshot {
  readonly read: ReadDatabase;
  /** The position of the last event that they include. */
  readonly projectedPosition: number;
}

/** Follows the read models on their way along the log, whoever projects. */
export interface Progress {
  /** Waits until the read models include more than the position. Null once the signal is aborted, or all is stopped. */
  beyond(position: number, signal: AbortSignal): Promise<Snapshot | null>;
  /**
   * Waits until the read models include the position. False after the time is up, in milliseconds; or at once where they
   * will not come so far: they have stopped at an event before it, or another release's have taken their place.
   */
  reached(position: number, timeout: number): Promise<boolean>;
  /** Lets everybody go who waits. */
  stop(): void;
}

export interface ProgressSources {
  readonly database: ReadDatabaseHandle;
  /** The projector of this process, if it has one. */
  readonly projector?: Pick<Projector, 'onProgress'>;
}

const standsStill = ({ role, failed_position }: VersionRow): boolean => role !== 'LIVE' || failed_position !== null;

export function followProgress({ database, projector }: ProgressSources): Progress {
  const waiting = new Set<() => void>();
  const stopped = new AbortController();
  /** How many wait for a position of their own. */
  let hurried = 0;
  let steps = 0;
  let seen = '';
  let timer: NodeJS.Timeout | null = null;

  const wake = (): void => {
    steps += 1;
    for (const go of waiting) go();
  };

  const lookSoon = (): void => {
    if (timer || waiting.size === 0) return;
    // Waiting alone keeps no process alive.
    timer = setTimeout(() => void look(), hurried > 0 ? SHORT_INTERVAL : INTERVAL).unref();
  };

  /** One look for all who wait. What fails is looked at again soon, and fails those who ask for themselves. */
  const look = async (): Promise<void> => {
    const now = await answeringVersion(database.reading).then(JSON.stringify, () => seen);
    timer = null;
    if (now !== seen) {
      seen = now;
      wake();
    }
    lookSoon();
  };

  /** Until there may be news, or nobody wants it any more. */
  const nextStep = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        signal.removeEventListener('abort', go);
        resolve();
      };
      waiting.add(go);
      signal.addEventListener('abort', go);
      lookSoon();
    });

  /** Looks at the read models at each step until they are as wanted; null when nobody wants it any more. */
  async function until<T>(wanted: (version: VersionRow) => T | null, signal: AbortSignal): Promise<T | null> {
    while (!signal.aborted && !stopped.signal.aborted) {
      const before = steps;
      const version = await answeringVersion(database.reading);
      const found = version ? wanted(version) : null;
      if (found !== null) return found;
      // A step that was made while we looked woke nobody.
      if (steps === before && !signal.aborted && !stopped.signal.aborted) await nextStep(signal);
    }
    return null;
  }

  /** Who is in a hurry does not wait for the next look of those who are not. */
  const hurry = (): void => {
    hurried += 1;
    if (timer) clearTimeout(timer);
    timer = null;
  };

  const forget = projector?.onProgress(wake);

  return {
    beyond: (position, signal) =>
      until(
        (version) =>
          version.position > position
            ? { projectedPosition: version.position, read: tablesOf(database.reading, version.version) }
            : null,
        signal,
      ),
    async reached(position, timeout) {
      hurry();
      const tooLate = new AbortController();
      const timer = setTimeout(() => tooLate.abort(), timeout);
      try {
        const reached = await until((version) => {
          if (version.position >= position) return true;
          return standsStill(version) ? false : null;
        }, tooLate.signal);
        return reached ?? false;
      } finally {
        clearTimeout(timer);
        hurried -= 1;
      }
    },
    stop() {
      stopped.abort();
      forget?.();
      wake();
    },
  };
}
