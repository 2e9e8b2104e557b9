import { setTimeout as delay } from 'node:timers/promises';

/** Waiting grows from the first to the second, in milliseconds. */
const SHORTEST = 20;
const LONGEST = 1000;

/** Tries what may be tried again, for as long as the server is away. */
export type Patiently = <T>(attempt: () => Promise<T>) => Promise<T>;

/**
 * @param isAway whether an error of the engine says that its server is away, so that another try may succeed
 * @param stopped nobody waits any longer: the next failure is the last
 */
export function patience(milliseconds: number, isAway: (error: unknown) => boolean, stopped: () => boolean): Patiently {
  return async (attempt) => {
    const deadline = performance.now() + milliseconds;
    for (let wait = SHORTEST; ; wait = Math.min(LONGEST, wait * 2)) {
      try {
        return await attempt();
      } catch (error) {
        if (!isAway(error) || stopped() || performance.now() + wait > deadline) throw error;
      }
      // Not all at the same time: a server that comes back has enough to do.
      await delay(wait * (0.5 + Math.random() / 2));
    }
  };
}
