import { projectStream } from '../../events/subjects.js';
import type { Entry } from '../entry.js';
import { publishedTable, readPublishedTables } from '../facts.js';
import type { ReconstructedProject } from '../reconstruction/projects.js';
import type { ChangingScale, ProjectPeriod } from '../reconstruction/types.js';
import { levelKeyOf } from '../vocabulary/projects.js';
import { fromCounts, statement, type Grounds } from './grounds.js';
import { columnHead, referenceDateOf } from './periods.js';
import { reconstructedProjects } from './reconstructed.js';

/** The scales that every period assesses anew, and the table that prints the totals of each. */
const assessed: readonly { readonly scale: ChangingScale; readonly table: number }[] = [
  { scale: 'status', table: 6 },
  { scale: 'participation', table: 5 },
  { scale: 'impact', table: 8 },
  { scale: 'shareability', table: 10 },
  { scale: 'scalability', table: 11 },
];

/** The rubric and the scales of which table 12 prints totals of its own. */
const focus = publishedTable(readPublishedTables(), 12);
const focusedRubric = levelKeyOf('rubric', focus.filter.rubric);
const focusedScales: readonly string[] = focus.blocks.map(({ measure }) => measure);

function groundsOf({ rubric }: ReconstructedProject, period: ProjectPeriod, scale: string, table: number): Grounds {
  const focused = rubric === focusedRubric && focusedScales.includes(scale);
  const tables = focused ? `tables ${table} and ${focus.table}` : `table ${table}`;
  return fromCounts(`${tables}, column ${columnHead(period)}`);
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
