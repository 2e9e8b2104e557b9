import { expect, test } from 'vitest';
import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { datedBeforeMarch2020, knownProjects, regionKey } from '../../datasets/reconstruction/known-projects.js';
import { shortened, slug } from '../../datasets/reconstruction/slug.js';
import { careOfficeByLabel, careOfficeKeys, levelKeyOf, projectScales } from '../../datasets/vocabulary/projects.js';

const tables = readPublishedTables();
const labels = (scale: string): string[] =>
  projectScales.find(({ key }) => key === scale)?.levels.map(({ label }) => label.nl) ?? [];

test('the facts hold eleven tables, 34 regions and 36 named projects', () => {
  expect(tables.tables.map(({ table }) => table)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]);
  expect(readRegions()).toHaveLength(34);
  expect(readNamedProjects()).toHaveLength(36);
  expect(readRegions()[0]).toEqual({
    region: 'Zeeland',
    subregion: null,
    careOffice: 'CZ',
    agreements: 4,
    vision: 5,
    dynamics: 4,
  });
});

test('a table that the report does not print is an error', () => {
  expect(() => publishedTable({ ...tables, tables: [] }, 12)).toThrow('The report prints no table 12');
});

test('the vocabulary has exactly the printed labels, in printed order', () => {
  expect(labels('rubric')).toEqual(publishedTable(tables, 4).rows.map(({ rubric }) => rubric));
  expect(labels('participation')).toEqual(publishedTable(tables, 5).rows.map(({ band }) => band));
  expect(labels('status')).toEqual(publishedTable(tables, 6).rows.map(({ status }) => status));
  expect(labels('impact')).toEqual(publishedTable(tables, 8).rows.map(({ impact }) => impact));
  expect(labels('shareability')).toEqual(publishedTable(tables, 10).rows.map(({ shareability }) => shareability));
  expect(labels('scalability')).toEqual(publishedTable(tables, 11).rows.map(({ scalability }) => scalability));
  expect(publishedTable(tables, 7).columns).toEqual(expect.arrayContaining(labels('start')));
  expect(Object.keys(careOfficeByLabel)).toEqual(publishedTable(tables, 4).columns);
});

test('rubric keys are the slugs of their labels, and every key is unique on its scale', () => {
  const rubric = projectScales.find(({ key }) => key === 'rubric');
  expect(rubric?.levels.every(({ key, label }) => key === slug(label.nl))).toBe(true);
  for (const { levels } of projectScales) expect(new Set(levels.map(({ key }) => key)).size).toBe(levels.length);
  expect(new Set(careOfficeKeys).size).toBe(7);
});

test('a label outside the vocabulary is an error that names the scale', () => {
  expect(() => levelKeyOf('status', 'Klaar')).toThrow("Scale status has no level printed as 'Klaar'");
});

test('slugs strip diacritics and punctuation and are cut between words', () => {
  expect(slug("'t Gooi")).toBe('t-gooi');
  expect(slug('(Keten)samenwerking')).toBe('keten-samenwerking');
  expect(slug('Crisis Coördinatiepunt')).toBe('crisis-coordinatiepunt');
  expect(regionKey('Arnhem', 'Arnhem')).toBe('arnhem-arnhem');
  expect(regionKey('Amstelland/Meerlanden', null)).toBe('amstelland-meerlanden');
  expect(shortened('one-two-three', 13)).toBe('one-two-three');
  expect(shortened('one-two-three', 12)).toBe('one-two');
  expect(shortened('one-two-three', 7)).toBe('one-two');
  expect(shortened('undivided', 4)).toBe('undi');
  expect(shortened('one-en-de-three', 11)).toBe('one');
});

test('a fact dated before March 2020 is recognised by year or month', () => {
  expect(datedBeforeMarch2020('letter of intent May 2018')).toBe(true);
  expect(datedBeforeMarch2020('opened 2020-02')).toBe(true);
  expect(datedBeforeMarch2020('opened February 2020')).toBe(true);
  expect(datedBeforeMarch2020('pilot started April 2020; vision to 2030; 26 locations')).toBe(false);
});

test('a named project in a region or with a start that the report does not know is an error that names it', () => {
  const fact = { project: 'X', region: 'Twente', subregion: null, rubric: 'Technologie', started: null, facts: null };
  expect(() => knownProjects([{ ...fact, region: 'Utopia' }], readRegions())).toThrow("Project 'X' runs in 'Utopia'");
  expect(() => knownProjects([{ ...fact, started: '2017' }], readRegions())).toThrow("started in '2017'");
  expect(() => knownProjects([fact, fact], readRegions())).toThrow("Two projects are named 'X' in the same region");
});
