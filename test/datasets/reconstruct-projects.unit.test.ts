import { expect, test } from 'vitest';
import { readNamedProjects } from '../../datasets/read-facts/named-projects.js';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { reconstructProjects, type ReconstructedProject } from '../../datasets/reconstruction/reconstruct-projects.js';
import { careOfficeByLabel, careOfficeKeys, levelKeys, projectScales } from '../../datasets/vocabulary/projects.js';
import { tabulate } from './tabulate.js';

const facts = { tables: readPublishedTables(), named: readNamedProjects(), regions: readRegions() };
const { projects, unmet } = reconstructProjects(facts);
const find = (key: string): ReconstructedProject | undefined => projects.find((each) => each.key === key);
const unnamed = projects.filter(({ named }) => !named);
const march = projects.flatMap(({ levels }) => levels['2020-03'] ?? []);
const october = projects.flatMap(({ levels }) => levels['2020-10'] ?? []);

test('every printed project table is rebuilt cell by cell, totals and percentages included', () => {
  const rebuilt = tabulate(facts.tables, projects);
  for (const number of [4, 5, 6, 7, 8, 10, 11, 12] as const) {
    expect(publishedTable(rebuilt, number)).toEqual(publishedTable(facts.tables, number));
  }
  expect(unmet).toEqual([]);
});

test('the same facts give the same projects, byte for byte', () => {
  const again = reconstructProjects(structuredClone(facts));
  expect(again).toEqual({ projects, unmet });
  expect(JSON.stringify(again)).toBe(JSON.stringify({ projects, unmet }));
});

test('268 projects are registered in March and 318 in October', () => {
  expect(march).toHaveLength(268);
  expect(october).toHaveLength(318);
  for (const { registeredBy, levels } of projects) {
    expect(levels['2020-03'] === null).toBe(registeredBy === '2020-10');
  }
});

test('five of the fifty newcomers are technology, and none of them began before 2020', () => {
  const newcomers = projects.filter(({ registeredBy }) => registeredBy === '2020-10');
  expect(newcomers.filter(({ rubric }) => rubric === 'technologie')).toHaveLength(5);
  expect(newcomers.filter(({ start }) => start === '2021')).toHaveLength(30);
  expect(newcomers.filter(({ start }) => start === '2020')).toHaveLength(20);
});

test('exactly the projects that start in 2021 have not started in October', () => {
  for (const { start, levels } of projects) {
    expect(levels['2020-10']?.status === 'not-started').toBe(start === '2021');
    if (start === '2018-2019') expect(levels['2020-03']?.status).not.toBe('not-started');
  }
});

test('a finished or stopped project keeps its outcome', () => {
  const ended = projects.filter(
    ({ levels }) => !['running', 'not-started'].includes(levels['2020-03']?.status ?? 'running'),
  );
  expect(ended.length).toBeGreaterThan(0);
  for (const { levels } of ended) expect(levels['2020-10']?.status).toBe(levels['2020-03']?.status);
});

test('the twenty projects without a participation figure are unassessed newcomers, and no known level is lost', () => {
  const unassessed = projects.filter(({ levels }) => levels['2020-10']?.participation === null);
  expect(unassessed).toHaveLength(20);
  expect(unassessed.every(({ registeredBy, start }) => registeredBy === '2020-10' && start === '2021')).toBe(true);
  expect(march.every(({ participation }) => participation !== null)).toBe(true);
  expect(october.some(({ impact, shareability }) => impact === 'unknown' || shareability === 'unknown')).toBe(false);
});

test('no more levels change between March and October than the totals demand, and none goes down', () => {
  const moves = (scale: 'status' | 'participation' | 'impact' | 'shareability' | 'scalability'): number[] =>
    projects.flatMap(({ levels }) => {
      const from = levels['2020-03']?.[scale];
      const to = levels['2020-10']?.[scale];
      if (from === to || from === undefined || from === null || to === undefined || to === null) return [];
      const keys = levelKeys(scale);
      return from === 'unknown' || scale === 'status' ? 1 : keys.indexOf(to) - keys.indexOf(from);
    });
  expect(moves('status')).toHaveLength(29);
  // A level that shrank sheds at least the difference; these are the sums of those differences per rubric group.
  expect(moves('participation')).toHaveLength(4);
  expect(moves('impact')).toHaveLength(8 + 1);
  expect(moves('shareability')).toHaveLength(5 + 5 + 17);
  expect(moves('scalability')).toHaveLength(8 + 6);
  for (const scale of ['participation', 'impact', 'shareability', 'scalability'] as const) {
    expect(moves(scale).every((move) => move > 0)).toBe(true);
  }
});

test('a named project keeps its name, rubric, regions, care office and stated start', () => {
  expect(projects.filter(({ named }) => named).map(({ name }) => name)).toEqual(
    facts.named.map(({ project }) => project),
  );
  facts.named.forEach((fact, at) => {
    const project = projects[at] as ReconstructedProject;
    const region = facts.regions.find((each) => each.region === fact.region && each.subregion === fact.subregion);
    expect(project.careOffice).toBe(careOfficeByLabel[region?.careOffice ?? '']);
    expect(projectScales[0]?.levels.find(({ key }) => key === project.rubric)?.label.nl).toBe(fact.rubric);
    expect(project.summary).toBe(fact.facts);
    if (fact.started === '2020') expect(project.start).toBe('2020');
    if (fact.started === '2018' || fact.started === '2019') expect(project.start).toBe('2018-2019');
    if (project.start === '2018-2019') expect(project.registeredBy).toBe('2020-03');
  });
});

test('named projects have readable keys, with the region where two share a name', () => {
  const keys = projects.filter(({ named }) => named).map(({ key }) => key);
  for (const key of [
    'wijkleercentra-lerend-verbeteren-in-de-care',
    'regiovisie-friesland',
    'regiovisie-t-gooi',
    'duurzame-medische-zorg-dmz-flevoland',
    'duurzame-medische-zorg-dmz-nijmegen',
    'crisis-coordinatiepunt-apeldoorn-ccpa',
    'samenwerking-rondom-plaatsing-wachtlijsten',
  ]) {
    expect(keys).toContain(key);
  }
  expect(keys.every((key) => key.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toBe(true);
});

test('named projects run in the regions that the text names, the others in none', () => {
  expect(find('zzpverzorgt')?.regions).toEqual(['zuid-holland-noord']);
  expect(find('regiovisie-en-maatschappelijk-debat')?.regions).toEqual(['rotterdam-capelle-krimpen']);
  expect(find('innovatielab-conforte')?.regions).toEqual(['rotterdam']);
  expect(find('inzetten-expertisebril')?.regions).toEqual(['noord-en-midden-limburg']);
  expect(find('juiste-zorg-op-de-juiste-plaats-jzodjp')?.regions).toEqual(['t-gooi']);
  expect(find('anders-omgaan-met-verzuim')?.regions).toEqual(['arnhem-food-valley', 'arnhem-arnhem']);
  expect(find('nieuwkomers')?.regions).toEqual(['arnhem-arnhem', 'arnhem-food-valley']);
  expect(unnamed.every(({ regions, summary }) => regions.length === 0 && summary === null)).toBe(true);
});

test('a project that the text lets start after March 2020 was not running in March', () => {
  expect(find('teamreflectie')?.levels['2020-03']?.status).toBe('not-started');
  expect(find('nieuwkomers')?.levels['2020-03']?.status).toBe('not-started');
});

test('unnamed projects are numbered densely by rubric, care office, start and registration', () => {
  expect(unnamed.map(({ key, name }) => [key, name])).toEqual(
    unnamed.map((_, at) => [`P-${String(at + 1).padStart(3, '0')}`, `Project P-${String(at + 1).padStart(3, '0')}`]),
  );
  const ranks = unnamed.map(({ rubric, careOffice, start, registeredBy }) =>
    [
      String(levelKeys('rubric').indexOf(rubric)).padStart(2, '0'),
      careOfficeKeys.indexOf(careOffice),
      start,
      registeredBy,
    ].join('/'),
  );
  expect(ranks).toEqual(ranks.toSorted());
});

test('what the report leaves open is spread over care offices rather than heaped in one', () => {
  const offices = new Set(projects.filter(({ start }) => start === '2021').map(({ careOffice }) => careOffice));
  expect(offices.size).toBeGreaterThanOrEqual(5);
});
