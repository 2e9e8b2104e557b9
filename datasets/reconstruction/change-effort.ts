import { levelKeys } from '../vocabulary/projects.js';
import type { ChangingScale } from './types.js';

/** How far a change from March to October is from no change at all. */
export interface Effort {
  /** Knowledge lost: a level once known that became unknown. */
  readonly lost: number;
  readonly changes: number;
  /** The distance moved; a move down counts for more than any move up. */
  readonly steps: number;
}

/** No change takes more steps than this: weigh() depends on it. */
export const MAX_STEP_COUNT = 40;
const DOWNWARD_STEP_COUNT = 20;

const finished: readonly string[] = ['finished-unsuccessful', 'finished-successful'];

/** Status has no ranking but a course: it ends where it is finished or stopped, and never returns to 'not started'. */
function statusEffort(from: string | null, to: string): Effort | null {
  if (from === to) return to === 'not-started' ? null : { lost: 0, changes: 0, steps: 0 };
  if (to === 'not-started' || finished.includes(from ?? '') || from === 'stopped') return null;
  const move = from === null ? 0 : 1;
  if (to === 'running') return { lost: 0, changes: move, steps: move };
  // A project that ends without having been seen running went through two changes, not one.
  return { lost: 0, changes: from === 'running' ? 1 : 2, steps: from === 'running' ? 1 : 3 };
}

/**
 * What it takes a project to go from its March level to its October level; null where no history goes that way.
 * `from` is null for a newcomer or an unassessed project, `to` for an unassessed one: an assessment is not undone.
 * Status is judged for projects that have begun by October; the others are 'not started' throughout.
 */
export function effort(scale: ChangingScale, from: string | null, to: string | null): Effort | null {
  if (to === null) return from === null ? { lost: 0, changes: 0, steps: 0 } : null;
  if (scale === 'status') return statusEffort(from, to);
  if (from === null || from === to) return { lost: 0, changes: 0, steps: 0 };
  if (to === 'unknown') return { lost: 1, changes: 1, steps: 0 };
  if (from === 'unknown') return { lost: 0, changes: 1, steps: 0 };
  const levels = levelKeys(scale);
  const rise = levels.indexOf(to) - levels.indexOf(from);
  return { lost: 0, changes: 1, steps: rise > 0 ? rise : DOWNWARD_STEP_COUNT - rise };
}

/** One whole number for an effort, in which one loss outweighs all changes, and one change all steps, of `total`. */
export function weigh({ lost, changes, steps }: Effort, total: number): number {
  const change = total * MAX_STEP_COUNT + 1;
  const loss = total * (2 * change + MAX_STEP_COUNT) + 1;
  return lost * loss + changes * change + steps;
}
