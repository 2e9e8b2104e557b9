import * as fc from 'fast-check';
import type { NamedProject } from '../../datasets/read-facts/named-projects.js';
import type { PublishedTables } from '../../datasets/read-facts/published-tables.js';
import type { ReconstructedProject } from '../../datasets/reconstruction/reconstruct-projects.js';
import { careOfficeKeys, levelKeys, projectScales } from '../../datasets/vocabulary/projects.js';
import { tabulate, withTable } from './tabulate.js';

// One region of annex 1 per care office, in table 4's order.
const regionOf = ['Zeeland', 'Friesland', 'Midden-IJssel', 'Twente', 'Midden-Holland', 'Drenthe', 'Zuid-Holland Noord'];

const pick = (keys: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...keys);
const ends = ['running', 'finished-unsuccessful', 'finished-successful', 'stopped'];

/** A pair of statuses that the rules of the reconstruction allow for this start. */
function course(start: string): fc.Arbitrary<[string, string]> {
  if (start === '2021') return fc.constant(['not-started', 'not-started']);
  return pick(start === '2020' ? [...ends, 'not-started'] : ends).chain((march) => {
    const open = march === 'running' || march === 'not-started';
    return fc.tuple(fc.constant(march), open ? pick(ends) : fc.constant(march));
  });
}

/** One consistent history; `named` tells how much of it an annex would give away. */
const history = pick(levelKeys('start')).chain((start) =>
  fc
    .record({
      isNew: start === '2018-2019' ? fc.constant(false) : fc.boolean(),
      careOffice: pick(careOfficeKeys),
      rubric: fc.oneof(fc.constant('technologie'), pick(levelKeys('rubric'))),
      course: course(start),
      participation: fc.tuple(
        fc.option(pick(levelKeys('participation'))),
        fc.option(pick(levelKeys('participation'))),
        pick(levelKeys('participation')),
      ),
      impact: fc.tuple(pick(levelKeys('impact')), pick(levelKeys('impact'))),
      shareability: fc.tuple(pick(levelKeys('shareability')), pick(levelKeys('shareability'))),
      scalability: fc.tuple(pick(levelKeys('scalability')), pick(levelKeys('scalability'))),
      named: fc.constantFrom('no', 'no', 'no', 'by name', 'with start', 'with date'),
    })
    .map(({ isNew, named, ...drawn }) => {
      const [march, october, instead] = drawn.participation;
      const at = (side: 0 | 1, participation: string | null) => ({
        status: drawn.course[side],
        participation,
        impact: drawn.impact[side],
        shareability: drawn.shareability[side],
        scalability: drawn.scalability[side],
      });
      const project: ReconstructedProject = {
        key: '',
        name: '',
        named: named !== 'no',
        summary: null,
        regions: [],
        registeredBy: isNew ? '2020-10' : '2020-03',
        careOffice: drawn.careOffice,
        rubric: drawn.rubric,
        start,
        levels: {
          '2020-03': isNew ? null : at(0, march),
          // A participation once known is not lost.
          '2020-10': at(1, !isNew && march !== null ? (october ?? instead) : october),
        },
      };
      return { project, told: named };
    }),
);

export type History = typeof history extends fc.Arbitrary<infer H> ? H : never;

/** Consistent histories of a number of projects, from which tables can be counted that are feasible by construction. */
export const histories: fc.Arbitrary<History[]> = fc.array(history, { maxLength: 40, size: 'max' });

/** A fact that places a project before March 2020 without saying when it started. */
export const DATED = 'planned in 2019';

/** What an annex would tell of the named ones among these projects. */
export function annexOf(all: readonly History[]): NamedProject[] {
  const rubrics = projectScales.find(({ key }) => key === 'rubric')?.levels ?? [];
  return all.flatMap(({ project, told }, at) => {
    if (told === 'no') return [];
    const dated = told === 'with date' && project.registeredBy === '2020-03';
    return {
      project: `Naam ${at}`,
      region: regionOf[careOfficeKeys.indexOf(project.careOffice)] ?? '',
      subregion: null,
      rubric: rubrics.find(({ key }) => key === project.rubric)?.label.nl ?? '',
      started: told === 'with start' ? project.start.replace('2018-', '') : null,
      facts: dated ? DATED : null,
    };
  });
}

/** The tables with every level of the vocabulary as a row of table 12, which prints no 'unknown' for impact. */
function withAllRows(tables: PublishedTables): PublishedTables {
  return withTable(tables, 12, (table) => ({
    ...table,
    blocks: table.blocks.map((block) => ({
      ...block,
      rows: levelKeys(block.measure).map((key) => {
        const level = projectScales.find((each) => each.key === block.measure)?.levels.find((each) => each.key === key);
        return [level?.label.nl ?? '', [0, 0]] as const;
      }),
    })),
  }));
}

/** The report's tables as they would have been printed of these histories. */
export function tablesOf(tables: PublishedTables, all: readonly History[]): PublishedTables {
  return tabulate(
    withAllRows(tables),
    all.map(({ project }) => project),
  );
}
