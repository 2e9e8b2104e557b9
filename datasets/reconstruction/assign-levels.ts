import { solveChanges, type Change } from './solve-changes.js';
import { assignStatuses } from './assign-statuses.js';
import { assignChanges } from './assign-changes.js';
import type { IdentifiedProject } from './identify-projects.js';
import { levelImplausibility, type StatusCourse } from './plausibility.js';
import type { PrintedCount } from './printed-cells.js';
import type { ChangingScale, ProjectLevels, ProjectPeriod, ReconstructedProject } from './types.js';

/** The rubric that table 12 prints apart, and the scales on which it does. */
export interface Focus {
  readonly rubric: string;
  readonly scales: readonly ChangingScale[];
}

/** Projects whose numbers on a scale are printed, or follow by subtraction, apart from the others'. */
interface Group {
  readonly projects: readonly IdentifiedProject[];
  readonly wanted: (period: ProjectPeriod, level: string) => number;
}

function groupsOf(
  printed: PrintedCount,
  projects: readonly IdentifiedProject[],
  { rubric, scales }: Focus,
  scale: ChangingScale,
): Group[] {
  const all = (period: ProjectPeriod, level: string): number => printed({ period, scale, level });
  if (!scales.includes(scale)) return [{ projects, wanted: all }];
  const focused = (period: ProjectPeriod, level: string): number => printed({ period, rubric, scale, level });
  return [
    { projects: projects.filter((each) => each.rubric === rubric), wanted: focused },
    {
      projects: projects.filter((each) => each.rubric !== rubric),
      wanted: (period, level) => all(period, level) - focused(period, level),
    },
  ];
}

function assignScale(
  scale: ChangingScale,
  groups: readonly Group[],
  courses: ReadonlyMap<string, StatusCourse>,
): ReadonlyMap<string, Change> {
  const odd = ({ key }: IdentifiedProject, change: Change): number =>
    levelImplausibility(scale, courses.get(key) as StatusCourse, change);
  return new Map(
    groups.flatMap(({ projects, wanted }) => {
      const registered = projects.filter(({ registeredBy }) => registeredBy === '2020-03');
      const newcomers = projects.filter(({ registeredBy }) => registeredBy === '2020-10');
      const changes = solveChanges({
        scale,
        wanted,
        registered: registered.length,
        newcomers: newcomers.length,
      });
      return [
        ...assignChanges(scale, registered, changes.registered, odd),
        ...assignChanges(scale, newcomers, changes.newcomers, odd),
      ];
    }),
  );
}

/** Gives every project its levels in March and October. */
export function assignLevels(
  printed: PrintedCount,
  projects: readonly IdentifiedProject[],
  focus: Focus,
): ReconstructedProject[] {
  const courses = assignStatuses(printed, projects);
  const assigned = (scale: ChangingScale): ReadonlyMap<string, Change> =>
    assignScale(scale, groupsOf(printed, projects, focus, scale), courses);
  const participation = assigned('participation');
  const impact = assigned('impact');
  const shareability = assigned('shareability');
  const scalability = assigned('scalability');
  return projects.map(({ key, name, known, registeredBy, careOffice, rubric, start }) => {
    const levelsIn = (side: 'from' | 'to', status: string): ProjectLevels => ({
      status,
      participation: participation.get(key)?.[side] ?? null,
      impact: impact.get(key)?.[side] as string,
      shareability: shareability.get(key)?.[side] as string,
      scalability: scalability.get(key)?.[side] as string,
    });
    const { march, october } = courses.get(key) as StatusCourse;
    return {
      key,
      name,
      named: known !== null,
      summary: known?.summary ?? null,
      regions: known?.regions ?? [],
      registeredBy,
      careOffice,
      rubric,
      start,
      levels: { '2020-03': march === null ? null : levelsIn('from', march), '2020-10': levelsIn('to', october) },
    };
  });
}
