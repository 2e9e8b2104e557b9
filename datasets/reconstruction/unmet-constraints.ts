import type { PrintedCell, Where } from './printed-cells.js';
import type { ReconstructedProject, UnmetConstraint } from './types.js';

/** Whether a printed count counts this project. */
function counts({ period, careOffice, rubric, starts, scale, level }: Where, project: ReconstructedProject): boolean {
  const levels = project.levels[period];
  if (levels === null) return false;
  if (careOffice !== undefined && project.careOffice !== careOffice) return false;
  if (rubric !== undefined && project.rubric !== rubric) return false;
  if (starts !== undefined && !starts.includes(project.start)) return false;
  if (scale === undefined) return true;
  return level === undefined ? levels[scale] !== null : levels[scale] === level;
}

/**
 * Counts every printed cell anew from the finished projects and names those that differ. It uses no
 * intermediate result of the reconstruction, so it finds mistakes in the allocation too.
 */
export function findUnmetConstraints(
  cells: readonly PrintedCell[],
  projects: readonly ReconstructedProject[],
): UnmetConstraint[] {
  return cells.flatMap(({ table, title, row, column, wanted, where }) => {
    const got = projects.filter((project) => counts(where, project)).length;
    return got === wanted ? [] : { table, title, row, column, wanted, got };
  });
}
