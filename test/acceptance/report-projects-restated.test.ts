import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { allNews, record, tablesWith, type News } from './later-news.js';
import { figuresOf } from './printed-figures.js';
import { cellOf, report, type ReportAnswered } from './report-questions.js';

const october = '{period: "2020-10", asPublished: true}';
const march = '{period: "2020-03", asPublished: true}';

/** What is asked as published, identifiers and drill-down included. */
const asPublished = [
  `{ crossTab(subjects: PROJECT, rows: {scale: "rubric"}, columns: {scale: "care-office"}, at: ${october}) {
    moment { asOf knownAt position immutable asPublished }
    cells { count share basis { basis count } subjects(first: 50) { nodes { id key name exists } } }
    rowTotals columnTotals total unassessed unplaced inScope
  } }`,
  ...['status', 'participation', 'impact'].map(
    (scale) => `{ crossTab(subjects: PROJECT, rows: {scale: "${scale}"}, columns: {moments: [${march}, ${october}]}) {
      columns { label moment { asOf position } } rows { key label }
      cells { count subjects(first: 50) { nodes { key } } } columnTotals unassessed inScope basis { basis count }
    } }`,
  ),
  ...allNews.map(
    ({ project }) => `{ project(key: "${project.key}", at: ${october}) {
      id name exists retiredOn revision statuses { scale { key } level { key label } since until basis evidence { locator } }
      timeline { scale { key } level { key } since until } changes(first: 50) { nodes { id from { key } to { key } } }
    } }`,
  ),
  `{ comparison(scale: "status", from: ${march}, to: ${october}) {
    rows { level { key } before after change movement restatement } advanced regressed lateral unchanged entered left
  } }`,
  `{ projects(at: ${october}, first: 200, orderBy: {by: LAST_CHANGE}) { totalCount nodes { key } } }`,
];

let api: TestApi;
let answeredBefore: string[];
let answeredAfter: string[];
let restated: ReportAnswered;
const positions: string[] = [];

const answers = async (): Promise<string[]> => {
  const all: string[] = [];
  for (const document of asPublished) all.push(JSON.stringify(await api.ask(document)));
  return all;
};

beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  answeredBefore = await answers();
  for (const news of allNews) {
    positions.push(await record(api, `project-${news.project.key}`, await news.event(api)));
  }
  restated = await report(api);
  answeredAfter = await answers();
});
afterAll(() => api.close());

it('answers as published byte for byte as before the news', () => {
  expect(answeredAfter).toEqual(answeredBefore);
});

it('knows now what the tables would print with the news, and still rebuilds what they printed', () => {
  for (const [at, table] of tablesWith(allNews).entries()) {
    const { number, cells } = restated.tables[at] ?? { number: 0, cells: [] };
    expect(number).toBe(table.table);
    expect(cells.map(({ knownNow }) => knownNow)).toEqual(figuresOf(table));
    for (const { published, rebuilt, rebuiltThen, agrees } of cells) {
      expect({ rebuilt, rebuiltThen, agrees }).toEqual({ rebuilt: published, rebuiltThen: published, agrees: true });
    }
  }
});

it('says RESTATED of exactly the cells that the news changes, and MATCH of the others', () => {
  const figures = tablesWith(allNews).flatMap(figuresOf);
  const cells = restated.tables.flatMap((table) => table.cells);
  expect(cells.map(({ verdict }) => verdict)).toEqual(
    cells.map(({ published }, at) => (figures[at] === published ? 'MATCH' : 'RESTATED')),
  );
  expect(cells.filter(({ verdict }) => verdict === 'RESTATED').length).toBeGreaterThan(20);
});

it('lists for each cell exactly the events that changed who is counted', () => {
  const printed = tablesWith([]).map(figuresOf);
  const alone = allNews.map((news) => tablesWith([news]).map(figuresOf));
  for (const [t, { number, cells }] of restated.tables.entries()) {
    for (const [c, cell] of cells.entries()) {
      const changing = allNews.flatMap((news, n) => {
        const itself = alone[n]?.[t]?.[c] !== printed[t]?.[c];
        return itself || (number === 7 && isPartOf(news, cell.column)) ? (positions[n] ?? []) : [];
      });
      expect({ ...cell, by: cell.restatedBy.map(({ position }) => position) }).toMatchObject({ by: changing });
    }
  }
});

/** Whoever leaves a hundred per cent is missed by every percentage of it, also by one that stays what it was. */
const isPartOf = ({ gone, project }: News, column: string): boolean =>
  gone === true && column === 'Procentueel (2018-2019)' && project.start === '2018-2019';

it('names the single event behind a single figure', () => {
  const [finished, late, , misjudged] = positions;
  expect(cellOf(restated, 6, 'Afgerond en succesvol verlopen', 'okt-20')).toMatchObject({
    published: 31,
    rebuilt: 31,
    knownNow: 32,
    verdict: 'RESTATED',
    restatedBy: [{ position: finished }],
  });
  expect(cellOf(restated, 8, 'Nog onbekend', 'mrt-20')).toMatchObject({
    knownNow: 7,
    restatedBy: [{ position: misjudged }],
  });
  expect(cellOf(restated, 5, '4 tot 6', 'okt-20').restatedBy).toContainEqual({ position: late });
});

it('keeps what a claim was computed as, with its verdict, and tells what it would be now', async () => {
  const claims = new Map(restated.claims.map((claim) => [claim.key, claim]));
  expect(claims.get('C4')).toMatchObject({ computed: 38, knownNow: 39, verdict: 'HOLDS' });
  expect(claims.get('C7')).toMatchObject({ computed: (100 * 244) / 318, knownNow: (100 * 242) / 317 });
  expect(claims.get('C9')).toMatchObject({ computed: (100 * 188) / 268, knownNow: (100 * 189) / 268 });
});

interface Compared {
  readonly comparison: {
    readonly rows: readonly {
      readonly level: { readonly key: string };
      readonly before: number;
      readonly after: number;
      readonly change: number;
      readonly movement: number;
      readonly restatement: number;
    }[];
  };
}

const compare = async (scale: string, from: string, to: string) => {
  const { comparison } = await api.ask<Compared>(
    `{ comparison(scale: "${scale}", from: ${from}, to: ${to}) {
      rows { level { key } before after change movement restatement }
    } }`,
  );
  return new Map(comparison.rows.map(({ level, ...row }) => [level.key, row]));
};

it('tells in a comparison what moved from what was learned since', async () => {
  const impact = await compare('impact', march, '{period: "2020-10"}');
  expect(impact.get('unknown')).toEqual({ before: 8, after: 0, change: -8, movement: -7, restatement: -1 });
  expect(impact.get('small-great')).toMatchObject({ before: 41, restatement: 1 });
  for (const { before, after, change, movement, restatement } of impact.values()) {
    expect(change).toBe(after - before);
    expect(change).toBe(movement + restatement);
  }
  const status = await compare('status', october, '{period: "2020-10"}');
  expect(status.get('running')).toEqual({ before: 244, after: 242, change: -2, movement: 0, restatement: -2 });
  expect(status.get('finished-successful')).toMatchObject({ change: 1, movement: 0, restatement: 1 });
});

it('still pins the figures at the first publication after a second one', async () => {
  const running = 'projects[status=running]@2020-10';
  await record(api, 'period-2020-10', {
    type: 'PeriodPublished',
    data: { period: '2020-10', referenceDate: '2020-11-01', cells: [{ cell: running, count: 242 }] },
  });
  expect(await report(api)).toEqual(restated);
  expect(await answers()).toEqual(answeredBefore);
});
