import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { readPublishedTables, type PublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { reconstructProjects, type UnmetConstraint } from '../../datasets/reconstruction/reconstruct-projects.js';
import { annexOf, histories, tablesOf } from './histories.js';
import { raised, withOneRaised, withTable } from './tabulate.js';

const tables = readPublishedTables();
const named = readNamedProjects();
const regions = readRegions();
const unmetOf = (changed: PublishedTables, projects = named): readonly UnmetConstraint[] =>
  reconstructProjects({ tables: changed, named: projects, regions }).unmet;
const brief = ({ table, row, column, wanted, got }: UnmetConstraint): unknown[] => [table, row, column, wanted, got];

test('no single count, total or not, can be raised unnoticed', () => {
  const numbers = [4, 5, 6, 7, 8, 10, 11, 12] as const;
  fc.assert(
    fc.property(histories, fc.constantFrom(...numbers), fc.nat(), (all, number, choice) => {
      const counted = tablesOf(tables, all);
      const wrong = withTable(counted, number, (table) => withOneRaised(table, choice));
      const { unmet } = reconstructProjects({ tables: wrong, named: annexOf(all), regions });
      expect(unmet.length).toBeGreaterThan(0);
      expect(unmet.every(({ wanted, got }) => wanted !== got)).toBe(true);
    }),
  );
});

test('finished projects that became fewer are named, and none is reopened', () => {
  const changed = withTable(tables, 6, (table) =>
    raised(table, [
      { row: 1, column: 1, by: -21 },
      { row: 2, column: 1, by: 21 },
    ]),
  );
  const unmet = unmetOf(changed);
  expect(unmet.map(brief)).toContainEqual([6, 'Afgerond en succesvol verlopen', '2020-10', 10, 12]);
  // The two that cannot be counted elsewhere are missing from one other row, and March stays as printed.
  expect(unmet).toHaveLength(2);
  expect(unmet.every(({ column }) => column === '2020-10')).toBe(true);
});

test('a not-yet-started count that differs from the projects of 2021 is named', () => {
  const changed = withTable(tables, 6, (table) =>
    raised(table, [
      { row: 3, column: 1, by: 1 },
      { row: 2, column: 1, by: -1 },
    ]),
  );
  expect(unmetOf(changed).map(brief)).toEqual([
    [6, 'Lopend', '2020-10', 243, 244],
    [6, 'Nog niet gestart', '2020-10', 31, 30],
  ]);
});

test('more unassessed projects than newcomers are named, for a known level is not lost', () => {
  const changed = withTable(tables, 5, (table) => raised(table, [{ row: 2, column: 1, by: -35 }]));
  const unmet = unmetOf(changed);
  expect(unmet.at(-1)).toMatchObject({ table: 5, row: 'Totaal', column: '2020-10', wanted: 263, got: 268 });
  expect(unmet.slice(0, -1).reduce((sum, { wanted, got }) => sum + got - wanted, 0)).toBe(5);
});

test('a table 12 cell that exceeds the same cell of table 8 is named', () => {
  const changed = withTable(tables, 8, (table) =>
    raised(table, [
      { row: 4, column: 0, by: -8 },
      { row: 3, column: 0, by: 8 },
    ]),
  );
  expect(unmetOf(changed).map(brief)).toContainEqual([8, 'Op grote schaal met beperkte betekenis', '2020-03', 0, 1]);
});

test('a printed total that its rows do not add up to is named, and nothing else is', () => {
  const changed = withTable(tables, 10, (table) => ({ ...table, totals: [268, 319] }));
  expect(unmetOf(changed)).toEqual([
    { table: 10, title: 'Deelbare resultaten', row: 'Totaal', column: '2020-10', wanted: 319, got: 318 },
  ]);
});

test('tables 4 and 7 that count a rubric differently are named with that rubric and its totals', () => {
  const changed = withTable(tables, 7, (table) => ({
    ...table,
    rows: table.rows.map((row) =>
      row.rubric === 'Technologie' ? { ...row, counts: row.counts.with(0, 14).with(2, 16) } : row,
    ),
  }));
  expect(unmetOf(changed).map(brief)).toEqual([
    [7, 'Technologie', 'Aanvang 2018-2019', 31, 30],
    [7, 'Totaal', 'Start 2020', 83, 84],
    [7, 'Totaal', 'Totaal 2020-2021', 113, 114],
    [7, 'Totaal', 'Aanvang 2018-2019', 205, 204],
  ]);
});

test('named projects that do not fit into a cell of table 4 are all kept, and the cell is named', () => {
  const fact = { region: 'Midden-IJssel', subregion: null, rubric: 'Anders werken', started: null, facts: null };
  const { projects, unmet } = reconstructProjects({ tables, named: [...named, { ...fact, project: 'X' }], regions });
  expect(projects.find(({ key }) => key === 'x')?.careOffice).toBe('eno');
  expect(unmet.map(brief)).toContainEqual([4, 'Anders werken', 'ENO', 0, 1]);
});

test('a named project whose start does not fit into table 7 keeps its start, and the cell is named', () => {
  const started = named.map((each) => (each.rubric === 'Behandelfunctie / SOG' ? { ...each, started: '2020' } : each));
  expect(unmetOf(tables, started).map(brief)).toEqual([
    [7, 'Behandelfunctie / SOG', 'Start 2020', 3, 5],
    [7, 'Behandelfunctie / SOG', 'Totaal 2020-2021', 4, 6],
    [7, 'Behandelfunctie / SOG', 'Aanvang 2018-2019', 20, 18],
    [7, 'Totaal', 'Start 2020', 83, 85],
    [7, 'Totaal', 'Totaal 2020-2021', 113, 115],
    [7, 'Totaal', 'Aanvang 2018-2019', 205, 203],
  ]);
});

test('too many registered in March for those that can have been are named', () => {
  const changed = withTable(tables, 6, (table) => raised(table, [{ row: 2, column: 0, by: 60 }]));
  expect(unmetOf(changed).map(brief)).toContainEqual([6, 'Totaal', '2020-03', 328, 313]);
});
