import { publishedTable } from '../read-facts/published-tables.js';
import { levelKeyOf } from '../vocabulary/projects.js';
import { findUnmetConstraints } from './unmet-constraints.js';
import { identifyProjects } from './identify-projects.js';
import { assignLevels } from './assign-levels.js';
import { knownProjects } from './known-projects.js';
import { placeProjects } from './place-projects.js';
import { printedCells, printedCount } from './printed-cells.js';
import { registerProjects } from './register-projects.js';
import type { ProjectFacts, Reconstruction } from './types.js';

export type { ProjectFacts, ReconstructedProject, Reconstruction, UnmetConstraint } from './types.js';

/**
 * One history per registered project that reproduces all printed project tables (4 to 8 and 10 to 12) at once.
 *
 * The tables give counts only, so the histories are made, not observed: of those that fit, one with the fewest and
 * most plausible changes between March and October 2020. The same facts always give the same projects. A printed count
 * that cannot be met, because the tables contradict each other or a named project, comes back in `unmet`.
 */
export function reconstructProjects({ tables, named, regions }: ProjectFacts): Reconstruction {
  const cells = printedCells(tables);
  const printed = printedCount(cells);
  const { filter, blocks } = publishedTable(tables, 12);
  const focus = { rubric: levelKeyOf('rubric', filter.rubric), scales: blocks.map(({ measure }) => measure) };

  const known = knownProjects(named, regions);
  const placed = placeProjects(printed, known);
  const registered = registerProjects(printed, placed, focus.rubric);
  const projects = assignLevels(printed, identifyProjects(registered, known), focus);
  return { projects, unmet: findUnmetConstraints(cells, projects) };
}
