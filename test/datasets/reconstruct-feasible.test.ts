import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { reconstructProjects } from '../../datasets/reconstruction/reconstruct-projects.js';
import { annexOf, DATED, histories, tablesOf } from './histories.js';
import { raised, tabulate, withTable } from './tabulate.js';

const tables = readPublishedTables();
const named = readNamedProjects();
const regions = readRegions();

test('any tables counted from consistent histories are reproduced, named projects included', () => {
  fc.assert(
    fc.property(histories, (all) => {
      const counted = tablesOf(tables, all);
      const annex = annexOf(all);
      const { projects, unmet } = reconstructProjects({ tables: counted, named: annex, regions });
      expect(unmet).toEqual([]);
      expect(tabulate(counted, projects)).toEqual(counted);
      expect(projects.filter(({ named: isNamed }) => isNamed)).toHaveLength(annex.length);
      const dated = projects.filter(({ summary }) => summary === DATED);
      expect(dated.every(({ registeredBy }) => registeredBy === '2020-03')).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('histories follow the rules whatever the tables say', () => {
  fc.assert(
    fc.property(histories, fc.array(fc.nat(9), { minLength: 10, maxLength: 10 }), (all, counts) => {
      const counted = tablesOf(tables, all);
      const odd = withTable(counted, 6, (table) => {
        const rows = table.rows.map((row, at) => ({ ...row, counts: counts.slice(2 * at, 2 * at + 2) }));
        const total = (at: number): number => rows.reduce((sum, row) => sum + (row.counts[at] ?? 0), 0);
        return { ...table, rows, totals: [total(0), total(1)] };
      });
      const { projects, unmet } = reconstructProjects({ tables: odd, named: annexOf(all), regions });
      for (const { start, registeredBy, levels } of projects) {
        const [march, october] = [levels['2020-03'], levels['2020-10']];
        expect(march === null).toBe(registeredBy === '2020-10');
        expect(october?.status === 'not-started').toBe(start === '2021');
        if (start === '2018-2019') expect(march?.status ?? null).not.toBeOneOf(['not-started', null]);
        if (start === '2021' && march !== null) expect(march.status).toBe('not-started');
        if (/finished|stopped/.test(march?.status ?? '')) expect(october?.status).toBe(march?.status);
        if ((march?.participation ?? null) !== null) expect(october?.participation).not.toBeNull();
      }
      expect(unmet.length === 0).toBe(isDeepStrictEqual(tabulate(odd, projects), odd));
    }),
  );
});

test('without named projects the printed tables are met by unnamed ones alone', () => {
  const { projects, unmet } = reconstructProjects({ tables, named: [], regions });
  expect(unmet).toEqual([]);
  expect(projects.map(({ key }) => key)).toEqual(projects.map((_, at) => `P-${String(at + 1).padStart(3, '0')}`));
});

test('a level that must go down goes down', () => {
  const changed = withTable(tables, 11, (table) =>
    raised(table, [
      { row: 4, column: 1, by: -40 },
      { row: 0, column: 1, by: 40 },
    ]),
  );
  const withoutFocus = withTable(changed, 12, (table) => ({
    ...table,
    blocks: table.blocks.filter(({ measure }) => measure !== 'scalability'),
  }));
  expect(reconstructProjects({ tables: withoutFocus, named, regions }).unmet).toEqual([]);
});
