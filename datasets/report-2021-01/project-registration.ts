import type { ReconstructedProject } from '../reconstruction/reconstruct-projects.js';
import { firstMilestone } from './dated-projects.js';
import { referenceDateOf } from './periods.js';

/** When a project is taken to have been registered, and why then. */
export interface Registration {
  readonly registeredOn: string;
  readonly reason: string;
}

/** The last year of a level of scale start, or the year itself: '2018-2019' ends with 2019. */
const lastDayOf = (years: string): string => `${years.slice(-4)}-12-31`;

/**
 * The report counts the registered projects and dates no registration: a project is assumed to be registered when
 * the report first counts it, or earlier if it started or had a milestone before that.
 */
export function registrationOf(project: ReconstructedProject, started: string | null): Registration {
  const milestone = firstMilestone(project.key);
  const heardOf: Registration[] = [
    { registeredOn: referenceDateOf(project.registeredBy), reason: 'Assumed: the first date at which it was counted.' },
    {
      registeredOn: lastDayOf(started ?? project.start),
      reason: 'Assumed: the last day of the year, or the years, in which it started.',
    },
  ];
  if (milestone !== null) {
    heardOf.push({ registeredOn: milestone, reason: 'Assumed: the first day of the month of its first milestone.' });
  }
  return heardOf.reduce((first, each) => (each.registeredOn < first.registeredOn ? each : first));
}
