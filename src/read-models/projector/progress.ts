import type { ReadDatabase } from '../../../projections/read-database.js';
import type { ReadDatabaseHandle } from '../database/open.js';
import { answeringVersion, tablesOf, type VersionRow } from '../database/versions.js';
import type { Projector } from './projector.js';

/** How often to look for what another process has projected, for those who follow the read models all the time. */
const POLL_INTERVAL_MS = 200;

/** How often to look for those who have written something and wait for its position. A look reads one row. */
const URGENT_POLL_INTERVAL_MS = 15;

/** The read models as they stand. */
export interface Snapshot {
  readonly read: ReadDatabase;
  /** The position of the last event that they include. */
  readonly projectedPosition: number;
}

/** Follows the read models along the log, whichever process projects. */
export interface Progress {
  /** Waits until the read models include more than the position. Null once the signal is aborted or `stop` is called. */
  waitForMore(position: number, signal: AbortSignal): Promise<Snapshot | null>;
  /**
   * Waits until the read models include the position. False after the timeout; or at once where they will not come so far: they
   * have stopped at an event before it, or those of another release have taken their place.
   */
  waitForPosition(position: number, timeoutMs: number): Promise<boolean>;
  /** Ends all waits. */
  stop(): void;
}

export interface ProgressSources {
  readonly database: ReadDatabaseHandle;
  /** The projector of this process, if it has one. */
  readonly projector?: Pick<Projector, 'onProgress'>;
}

const isStopped = ({ role, failed_position }: VersionRow): boolean => role !== 'LIVE' || failed_position !== null;

export function followProgress({ database, projector }: ProgressSources): Progress {
  const waiters = new Set<() => void>();
  const stopped = new AbortController();
  let urgentCount = 0;
  /** Counts wake-ups, so that one that comes while a waiter reads is not missed. */
  let wakeUps = 0;
  let lastSeen = '';
  let timer: NodeJS.Timeout | null = null;

  const wakeAll = (): void => {
    wakeUps += 1;
    for (const wake of waiters) wake();
  };

  const schedulePoll = (): void => {
    if (timer || waiters.size === 0) return;
    // Waiting alone keeps no process alive.
    timer = setTimeout(() => void poll(), urgentCount > 0 ? URGENT_POLL_INTERVAL_MS : POLL_INTERVAL_MS).unref();
  };

  /** Looks once for all waiters. A failed look is repeated at the next interval: waiters meet the failure when they read. */
  const poll = async (): Promise<void> => {
    const now = await answeringVersion(database.reading).then(JSON.stringify, () => lastSeen);
    timer = null;
    if (now !== lastSeen) {
      lastSeen = now;
      wakeAll();
    }
    schedulePoll();
  };

  const nextWakeUp = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiters.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiters.add(wake);
      signal.addEventListener('abort', wake);
      schedulePoll();
    });

  /** Reads the answering version at each wake-up until `select` finds what it wants; null once the signal is aborted. */
  async function waitUntil<T>(select: (version: VersionRow) => T | null, signal: AbortSignal): Promise<T | null> {
    while (!signal.aborted && !stopped.signal.aborted) {
      const before = wakeUps;
      const version = await answeringVersion(database.reading);
      const selected = version ? select(version) : null;
      if (selected !== null) return selected;
      if (wakeUps === before && !signal.aborted && !stopped.signal.aborted) await nextWakeUp(signal);
    }
    return null;
  }

  /** Polls at the urgent interval from now on: the poll that is scheduled may be far away. */
  const beginUrgent = (): void => {
    urgentCount += 1;
    if (timer) clearTimeout(timer);
    timer = null;
  };

  const unsubscribe = projector?.onProgress(wakeAll);

  return {
    waitForMore: (position, signal) =>
      waitUntil(
        (version) =>
          version.position > position
            ? { projectedPosition: version.position, read: tablesOf(database.reading, version.version) }
            : null,
        signal,
      ),
    async waitForPosition(position, timeoutMs) {
      beginUrgent();
      const timedOut = new AbortController();
      const timeout = setTimeout(() => timedOut.abort(), timeoutMs);
      try {
        const isReached = await waitUntil((version) => {
          if (version.position >= position) return true;
          return isStopped(version) ? false : null;
        }, timedOut.signal);
        return isReached ?? false;
      } finally {
        clearTimeout(timeout);
        urgentCount -= 1;
      }
    },
    stop() {
      stopped.abort();
      unsubscribe?.();
      wakeAll();
    },
  };
}
