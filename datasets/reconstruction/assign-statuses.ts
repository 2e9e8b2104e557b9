import { solveChanges } from './solve-changes.js';
import { assignChanges } from './assign-changes.js';
import type { IdentifiedProject } from './identify-projects.js';
import { statusImplausibility, type StatusCourse } from './plausibility.js';
import type { PrintedCount } from './printed-cells.js';

const isNew = ({ registeredBy }: IdentifiedProject): boolean => registeredBy === '2020-10';

/**
 * Each project's status in March and October. Those that start in 2021, and only those, have not started in October;
 * nothing that began before 2020 had not started in March.
 */
export function assignStatuses(
  printed: PrintedCount,
  projects: readonly IdentifiedProject[],
): ReadonlyMap<string, StatusCourse> {
  const later = projects.filter(({ start }) => start === '2021');
  const begun = projects.filter(({ start }) => start !== '2021');
  const registered = begun.filter((project) => !isNew(project));
  const newcomers = begun.filter(isNew);
  const waiting = later.filter((project) => !isNew(project)).length;
  const changes = solveChanges({
    scale: 'status',
    wanted: (period, level) =>
      printed({ period, scale: 'status', level }) - (level === 'not-started' && period === '2020-03' ? waiting : 0),
    registered: registered.length,
    newcomers: newcomers.length,
    maxInMarch: (level) =>
      level === 'not-started' ? registered.filter(({ start }) => start === '2020').length : undefined,
  });
  const assigned = new Map([
    ...assignChanges('status', registered, changes.registered, statusImplausibility),
    ...assignChanges('status', newcomers, changes.newcomers, statusImplausibility),
  ]);
  return new Map(
    projects.map((project) => {
      const march = isNew(project) ? null : (assigned.get(project.key)?.from ?? 'not-started');
      return [project.key, { march, october: assigned.get(project.key)?.to ?? 'not-started' }];
    }),
  );
}
