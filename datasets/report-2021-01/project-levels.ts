import { projectStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { levelTables } from '../level-tables.js';
import { publishedTable, readPublishedTables } from '../read-facts/published-tables.js';
import type { ReconstructedProject } from '../reconstruction/reconstruct-projects.js';
import type { ProjectPeriod } from '../reconstruction/types.js';
import { levelKeyOf } from '../vocabulary/projects.js';
import { fromCounts, statement, type Grounds } from './grounds.js';
import { columnHead, referenceDateOf } from './periods.js';
import { reconstructedProjects } from './reconstructed.js';

const tables = levelTables(readPublishedTables());

/** The scales that every period assesses anew, in the order of the statements, with the table that prints their totals. */
const assessed = (['status', 'participation', 'impact', 'shareability', 'scalability'] as const).flatMap((scale) =>
  tables.filter((table) => table.scale === scale),
);

/** The rubric and the scales of which table 12 prints totals of its own. */
const focus = publishedTable(readPublishedTables(), 12);
const focusedRubric = levelKeyOf('rubric', focus.filter.rubric);
const focusedScales: readonly string[] = focus.blocks.map(({ measure }) => measure);

function groundsOf({ rubric }: ReconstructedProject, period: ProjectPeriod, scale: string, table: number): Grounds {
  const focused = rubric === focusedRubric && focusedScales.includes(scale);
  const places = focused ? `tables ${table} and ${focus.table}` : `table ${table}`;
  return fromCounts(`${places}, column ${columnHead(period)}`);
}

/**
 * The levels of every project in a period. Each period is an assessment: it states what did not change too. A project
 * without a level on a scale is unassessed, and nothing is stated of it there.
 */
export function projectLevelEntries(period: ProjectPeriod): Entry[] {
  const effectiveOn = referenceDateOf(period);
  return reconstructedProjects().flatMap((project) => {
    const levels = project.levels[period];
    return assessed.flatMap(({ scale, table }) => {
      const level = levels?.[scale] ?? null;
      if (level === null) return [];
      const grounds = groundsOf(project, period, scale, table);
      return statement(projectStream(project.key), { scale, level, effectiveOn }, grounds);
    });
  });
}
