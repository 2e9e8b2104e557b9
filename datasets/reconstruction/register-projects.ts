import { levelKeys } from '../vocabulary/projects.js';
import { pseudoRandom } from './pseudo-random.js';
import type { PlacedProject } from './place-projects.js';
import type { PrintedCount } from './printed-cells.js';
import type { ProjectPeriod } from './types.js';

export interface RegisteredProject extends PlacedProject {
  readonly registeredBy: ProjectPeriod;
}

/** The sum of a table's March rows on a scale, for all projects or for one rubric. */
function registeredInMarch(printed: PrintedCount, scale: 'status' | 'impact', rubric?: string): number {
  const rows = levelKeys(scale).map((level) =>
    printed({ period: '2020-03', ...(rubric === undefined ? {} : { rubric }), scale, level }),
  );
  return rows.reduce((sum, count) => sum + count, 0);
}

/** Whether a project can have been registered after March: nothing that began before 2020, nothing dated before. */
const mayBeNew = ({ start, known }: PlacedProject): boolean =>
  start !== '2018-2019' && known?.registeredByMarch !== true;

/**
 * The most plausible newcomers first: those that start latest, and before a named project an unnamed one. Choosing
 * 2021 first also leaves table 6's 'not yet started' of March the most room.
 */
const newest = (a: PlacedProject, b: PlacedProject): number =>
  Number(b.start === '2021') - Number(a.start === '2021') ||
  Number(a.known !== null) - Number(b.known !== null) ||
  pseudoRandom(`${a.id}|new`, 1_000_000) - pseudoRandom(`${b.id}|new`, 1_000_000);

/**
 * Decides which projects were registered after March 2020: as many of table 12's rubric as its total grew, and of the
 * other rubrics as many as the rest of table 6 grew.
 */
export function registerProjects(
  printed: PrintedCount,
  placed: readonly PlacedProject[],
  focus: string,
): RegisteredProject[] {
  const focused = placed.filter(({ rubric }) => rubric === focus);
  const others = placed.filter(({ rubric }) => rubric !== focus);
  const focusedInMarch = registeredInMarch(printed, 'impact', focus);
  const othersInMarch = registeredInMarch(printed, 'status') - focusedInMarch;
  const newcomers = new Set(
    [
      { group: focused, before: focusedInMarch },
      { group: others, before: othersInMarch },
    ].flatMap(({ group, before }) =>
      group
        .filter(mayBeNew)
        .toSorted(newest)
        .slice(0, Math.max(0, group.length - before)),
    ),
  );
  return placed.map((project) => ({ ...project, registeredBy: newcomers.has(project) ? '2020-10' : '2020-03' }));
}
