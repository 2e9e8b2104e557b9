import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { countsByLabel, crossTab, type MomentAsked, type TableAnswered } from './report-questions.js';

const facts = readPublishedTables();

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
});
afterAll(() => api.close());

const march = { period: '2020-03' };
const october = { period: '2020-10' };

/** Ways to ask for the same figures: as known now, and as published then. */
const ways: readonly { readonly name: string; readonly of: (moment: MomentAsked) => MomentAsked }[] = [
  { name: 'as known now', of: (moment) => moment },
  { name: 'as published', of: (moment) => ({ ...moment, asPublished: true }) },
];

const five = publishedTable(facts, 5);
const six = publishedTable(facts, 6);
const eight = publishedTable(facts, 8);
const ten = publishedTable(facts, 10);
const eleven = publishedTable(facts, 11);
const twelve = publishedTable(facts, 12);

/** The printed tables that show one scale over several periods. */
const overPeriods = [
  ...([1, 2, 3] as const).map((number) => {
    const { rows, scale, ...table } = publishedTable<1 | 2 | 3>(facts, number);
    return { ...table, subjects: 'REGION' as const, scale: scale.toLowerCase(), rows };
  }),
  ...[
    { ...five, scale: 'participation', rows: five.rows.map((row) => ({ ...row, label: row.band })) },
    { ...six, scale: 'status', rows: six.rows.map((row) => ({ ...row, label: row.status })) },
    { ...eight, scale: 'impact', rows: eight.rows.map((row) => ({ ...row, label: row.impact })) },
    { ...ten, scale: 'shareability', rows: ten.rows.map((row) => ({ ...row, label: row.shareability })) },
    { ...eleven, scale: 'scalability', rows: eleven.rows.map((row) => ({ ...row, label: row.scalability })) },
  ].map((table) => ({ ...table, subjects: 'PROJECT' as const })),
];

describe.each(ways)('every printed table is rebuilt by a cross-tabulation, $name', ({ of }) => {
  it.each(overPeriods)('table $table: $scale', async ({ subjects, scale, periods, rows, totals }) => {
    const moments = periods.map((period) => of({ period }));
    const table = await crossTab(api, { subjects, rows: { scale }, columns: { moments } });
    expect(table.rows.map(({ label }) => label)).toEqual(rows.map(({ label }) => label));
    expect(
      countsByLabel(
        table,
        rows.map(({ label }) => label),
      ),
    ).toEqual(rows.map(({ counts }) => counts));
    expect(table.columnTotals).toEqual(totals);
    expect(table.unassessed).toEqual(scale === 'participation' ? [0, 20] : periods.map(() => 0));
  });

  it('table 4: rubric by care office', async () => {
    const printed = publishedTable(facts, 4);
    const table = await crossTab(api, {
      subjects: 'PROJECT',
      rows: { scale: 'rubric' },
      columns: { scale: 'care-office' },
      at: of(october),
    });
    expect(table.columns.map(({ label }) => label)).toEqual(printed.columns);
    expect(table.rows.map(({ label }) => label)).toEqual(printed.rows.map(({ rubric }) => rubric));
    expect(table.cells.map((row) => row.map(({ count }) => count))).toEqual(printed.rows.map(({ counts }) => counts));
    expect(table.rowTotals).toEqual(printed.rows.map(({ total }) => total));
    expect(table.columnTotals).toEqual(printed.columnTotals);
    expect(table).toMatchObject({ total: printed.total, unassessed: [0], unplaced: 0, inScope: [318] });
  });

  it('table 7: rubric by start, in numbers and percentages', async () => {
    const printed = publishedTable(facts, 7);
    const table = await crossTab(api, {
      subjects: 'PROJECT',
      rows: { scale: 'rubric' },
      columns: { scale: 'start' },
      at: of(october),
    });
    expect([...table.rows.map(({ label }) => figuresOfTable7(table, label)), figuresOfTable7(table, null)]).toEqual([
      ...printed.rows.map(({ counts }) => counts),
      printed.totals,
    ]);
    expect(table.rows.map(({ label }) => label)).toEqual(printed.rows.map(({ rubric }) => rubric));
  });

  it.each(twelve.blocks)('table 12: $measure of the projects on technology', async ({ measure, rows, totals }) => {
    const table = await crossTab(api, {
      subjects: 'PROJECT',
      rows: { scale: measure },
      columns: { moments: [of(march), of(october)] },
      filter: { where: [{ scale: 'rubric', in: ['technologie'] }] },
    });
    expect(
      countsByLabel(
        table,
        rows.map(([label]) => label),
      ),
    ).toEqual(rows.map(([, counts]) => counts));
    expect(table.columnTotals).toEqual(totals);
    expect(table.inScope).toEqual([41, 46]);
  });
});

/** A row of table 7 as printed, or its totals: two years, both, their percentage, the years before, theirs. */
function figuresOfTable7(table: TableAnswered, label: string | null): number[] {
  const row = table.rows.findIndex((each) => each.label === label);
  const column = (key: string): number => table.columns.findIndex((each) => each.key === key);
  const of = (counts: readonly number[]) => (key: string) => counts[column(key)] ?? 0;
  const total = of(table.columnTotals);
  const count = label === null ? total : of((table.cells[row] ?? []).map(({ count }) => count));
  const recent = count('2020') + count('2021');
  const percent = (part: number, whole: number, decimals: number) => Number(((100 * part) / whole).toFixed(decimals));
  const earlier = count('2018-2019');
  return [
    count('2020'),
    count('2021'),
    recent,
    percent(recent, total('2020') + total('2021'), 1),
    earlier,
    percent(earlier, total('2018-2019'), 2),
  ];
}

it('counts 268 projects in March and 318 in October', async () => {
  const count = async (at: MomentAsked) =>
    (
      await api.ask<{ projects: { totalCount: number } }>('query ($at: At) { projects(at: $at) { totalCount } }', {
        at,
      })
    ).projects.totalCount;
  for (const { of } of ways) expect([await count(of(march)), await count(of(october))]).toEqual([268, 318]);
});

it('shows De Friesland under the name of the moment, and keeps it comparable', async () => {
  const columnsAt = async (at: MomentAsked) =>
    crossTab(api, { subjects: 'PROJECT', rows: { scale: 'rubric' }, columns: { scale: 'care-office' }, at });
  const [before, after] = await Promise.all([columnsAt(march), columnsAt(october)]);
  expect(before.columns[1]).toEqual({ key: 'de-friesland', label: 'De Friesland' });
  expect(after.columns[1]).toEqual({ key: 'de-friesland', label: 'Zilveren Kruis (De Friesland)' });
  const overTime = await crossTab(api, {
    subjects: 'PROJECT',
    rows: { scale: 'care-office' },
    columns: { moments: [march, october] },
  });
  expect(overTime.rows.map(({ key }) => key)).toEqual(after.columns.map(({ key }) => key));
  expect(overTime.cells.map(([, last]) => last?.count)).toEqual(publishedTable(facts, 4).columnTotals);
  const { organisation } = await api.ask<{ organisation: object }>(
    '{ organisation(key: "de-friesland", at: {period: "2020-10"}) { name formerNames } }',
  );
  expect(organisation).toEqual({ name: 'Zilveren Kruis (De Friesland)', formerNames: ['De Friesland'] });
});

it('tells of a named project what the texts say', async () => {
  const { project } = await api.ask<{ project: object }>(
    `{ project(key: "nieuwkomers", at: {period: "2020-10"}) {
      name summary registeredOn regions { key } careOffice { key } milestones { on text }
      rubric: status(scale: "rubric") { level { label } basis }
      start: status(scale: "start") { level { key } basis }
      status(scale: "status") { level { key } basis }
    } }`,
  );
  expect(project).toEqual({
    name: 'Nieuwkomers',
    summary: 'first group of 17 people started in September 2020; with subregion Food Valley',
    registeredOn: '2020-03-31',
    regions: [{ key: 'arnhem-arnhem' }, { key: 'arnhem-food-valley' }],
    careOffice: { key: 'menzis' },
    milestones: [{ on: '2020-09', text: 'First group of 17 people starts' }],
    rubric: { level: { label: 'Nieuwe professionals aantrekken' }, basis: 'RECONSTRUCTED' },
    start: { level: { key: '2020' }, basis: 'PUBLISHED' },
    status: { level: { key: 'running' }, basis: 'RECONSTRUCTED' },
  });
});

it('tells of a project in March only what was known in March', async () => {
  const tell = (at: string) => api.ask<{ project: object }>(`{ project(key: "nieuwkomers", at: ${at}) { summary } }`);
  expect(await tell('{period: "2020-03", asPublished: true}')).toEqual({ project: { summary: null } });
  expect(await tell('{period: "2020-03"}')).toEqual({
    project: { summary: 'first group of 17 people started in September 2020; with subregion Food Valley' },
  });
});

it('answers the publications of chapter 5 with the days that they count', async () => {
  const { publications } = await api.ask<{ publications: readonly object[] }>(
    '{ publications(at: {period: "2020-10"}) { title kind figures { metric value from until source } } }',
  );
  expect(publications).toHaveLength(10);
  expect(publications).toContainEqual({
    title: "Regiopagina's (region pages)",
    kind: 'page',
    figures: [
      {
        metric: 'unique visitors',
        value: 180,
        from: '2020-09-01',
        until: '2020-10-31',
        source: `${facts.source.title}, chapter 5`,
      },
    ],
  });
});
