import { careOfficeKeys, levelKeys } from '../vocabulary/projects.js';
import type { KnownProject } from './known-projects.js';
import type { RegisteredProject } from './register-projects.js';

/** A registered project under its final key and name. */
export interface IdentifiedProject extends RegisteredProject {
  readonly key: string;
  readonly name: string;
}

/** The order in which unnamed projects are numbered: rubric, care office (both as printed), start, registration. */
function numbering(a: RegisteredProject, b: RegisteredProject): number {
  const rubrics = levelKeys('rubric');
  return (
    rubrics.indexOf(a.rubric) - rubrics.indexOf(b.rubric) ||
    careOfficeKeys.indexOf(a.careOffice) - careOfficeKeys.indexOf(b.careOffice) ||
    a.start.localeCompare(b.start, 'en') ||
    a.registeredBy.localeCompare(b.registeredBy, 'en')
  );
}

/** Gives the named projects their own key, in the order of the text, and numbers the others from P-001. */
export function identifyProjects(
  registered: readonly RegisteredProject[],
  known: readonly KnownProject[],
): IdentifiedProject[] {
  const named = known.flatMap(({ key, name }) =>
    registered.filter((project) => project.known?.key === key).map((project) => ({ ...project, key, name })),
  );
  const unnamed = registered
    .filter((project) => project.known === null)
    .toSorted(numbering)
    .map((project, at) => {
      const key = `P-${String(at + 1).padStart(3, '0')}`;
      return { ...project, key, name: `Project ${key}` };
    });
  return [...named, ...unnamed];
}
