import type { Change } from './solve-changes.js';
import type { IdentifiedProject } from './identify-projects.js';
import type { ChangingScale } from './types.js';

/** A project's status in both periods, known before its other levels are dealt. */
export interface StatusCourse {
  readonly march: string | null;
  readonly october: string;
}

const ended = (status: string | null): boolean => status !== null && status !== 'running' && status !== 'not-started';

/**
 * How odd a status would be for a project; null where it contradicts the start. Older projects end first. A named
 * project rather runs, for the text tells of its work and of no end, but not before the month in which it started; unless the
 * text says that it is over.
 */
export function statusImplausibility({ start, known }: IdentifiedProject, { from, to }: Change): number | null {
  if (from === 'not-started' && start === '2018-2019') return null;
  if (known?.overByMarch) return 5 * [from, to].filter((status) => status !== 'finished-successful').length;
  const tooEarly = known?.startsAfterMarch === true && from !== null && from !== 'not-started';
  if (known !== null) return 5 * (Number(to !== 'running') + Number(tooEarly));
  return start === '2018-2019' ? 0 : Number(ended(from)) + Number(ended(to));
}

function shareabilityImplausibility({ march, october }: StatusCourse, { from, to }: Change): number {
  const beforeStart =
    Number(march === 'not-started' && from === 'yes') + Number(october === 'not-started' && to === 'yes');
  const finishedUnshared = Number(october === 'finished-successful' && to !== 'yes');
  return 2 * beforeStart + finishedUnshared;
}

/** How odd a level on another scale would be, given the project's status; 0 where the status says nothing of it. */
export function levelImplausibility(scale: ChangingScale, course: StatusCourse, change: Change): number {
  const { march, october } = course;
  // What has begun is known sooner than what has not.
  const unknown = Number(change.from === 'unknown' && march !== 'not-started');
  switch (scale) {
    case 'participation':
      return Number(change.to === null && october !== 'not-started');
    case 'shareability':
      return shareabilityImplausibility(course, change) + unknown;
    case 'scalability':
      return Number(october === 'finished-unsuccessful' && change.to !== 'not-sensible' && change.to !== 'not-yet');
    default:
      return unknown;
  }
}
