import { careOfficeKeys, levelKeys } from '../vocabulary/projects.js';
import { allocate } from './allocate.js';
import type { KnownProject } from './known-projects.js';
import { pseudoRandom } from './pseudo-random.js';
import type { PrintedCount } from './printed-cells.js';

/** A project with the properties that do not vary in time. */
export interface PlacedProject {
  /** Distinguishes projects until they have a key. */
  readonly id: string;
  readonly known: KnownProject | null;
  readonly careOffice: string;
  readonly rubric: string;
  readonly start: string;
}

type Unstarted = Omit<PlacedProject, 'start'>;

/** A rubric's projects: the known ones and as many more as table 4's cells hold. */
function projectsOf(rubric: string, printed: PrintedCount, known: readonly KnownProject[]): Unstarted[] {
  return careOfficeKeys.flatMap((careOffice) => {
    const here = known.filter((each) => each.rubric === rubric && each.careOffice === careOffice);
    const unnamed = Math.max(0, printed({ period: '2020-10', rubric, careOffice }) - here.length);
    return [
      ...here.map((each) => ({ id: each.key, known: each, careOffice, rubric })),
      ...Array.from({ length: unnamed }, (_, at) => ({
        id: `${rubric}/${careOffice}/${at}`,
        known: null,
        careOffice,
        rubric,
      })),
    ];
  });
}

const RANDOM_RANGE = 100;

/**
 * What it costs to let a project start then. A stated start is the only one allowed. A project that the text describes
 * without a year rather started early, the more so when the text dates it before March 2020: the later starts must
 * keep room for the projects that were registered after March.
 */
function startCost({ id, known }: Unstarted, start: string, rank: number): number | null {
  const chance = pseudoRandom(`${id}|start|${start}`, RANDOM_RANGE);
  if (known === null) return chance;
  if (known.start !== null) return known.start === start ? 0 : null;
  const latestCost = RANDOM_RANGE ** 3;
  return chance + rank * (known.registeredByMarch ? latestCost : RANDOM_RANGE);
}

/** Places every project in a cell of table 4 and of table 7. Table 4 is met first; the two share only the rubric. */
export function placeProjects(printed: PrintedCount, known: readonly KnownProject[]): PlacedProject[] {
  const starts = levelKeys('start');
  return levelKeys('rubric').flatMap((rubric) => {
    const projects = projectsOf(rubric, printed, known);
    const cells = allocate({
      rows: projects.map(() => ({ wanted: 1, most: 1 })),
      columns: starts.map((start) => ({ wanted: printed({ period: '2020-10', rubric, starts: [start] }) })),
      cost: (row, column) => startCost(projects[row] as Unstarted, starts[column] as string, column),
      total: projects.length,
    });
    return projects.map((project, row) => ({ ...project, start: starts[cells[row]?.indexOf(1) ?? 0] as string }));
  });
}
