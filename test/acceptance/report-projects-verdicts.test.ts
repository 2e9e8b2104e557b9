import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { decodeContent } from '../../events/domain-event.js';
import type { EventData } from '../../events/event-types.js';
import type { PrintedCell } from '../../events/reports.js';
import type { HistoricEvent } from '../../src/event-store/port.js';
import { readCloudEvent } from '../../src/log-format/read-cloud-event.js';
import { shippedHistory } from '../support/shipped/history.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { record } from './later-news.js';
import { allCells, cellOf, report } from './report-questions.js';

let api: TestApi | undefined;
afterEach(async () => {
  await api?.close();
  api = undefined;
});

const shippedEvents = (): HistoricEvent[] =>
  readFileSync(shippedHistory, 'utf8').trimEnd().split('\n').map(readCloudEvent);

/** The shipped history with the data of its events of one type put otherwise. */
async function openWith<T extends 'ReportPublished' | 'PeriodPublished'>(
  type: T,
  change: (data: EventData[T]) => EventData[T],
): Promise<TestApi> {
  const opened = await openTestApi();
  api = opened;
  await opened.load(
    shippedEvents().map((event) =>
      event.type === type ? { ...event, data: change(decodeContent(event).data as EventData[T]) } : event,
    ),
  );
  return opened;
}

const inCell = (
  report: EventData['ReportPublished'],
  number: number,
  row: string,
  column: string,
  change: Partial<PrintedCell>,
): EventData['ReportPublished'] => ({
  ...report,
  tables: report.tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) =>
      table.number === number && cell.row === row && cell.column === column ? { ...cell, ...change } : cell,
    ),
  })),
});

it('calls a figure that the report never agreed with a misprint, and only that one', async () => {
  const opened = await openWith('ReportPublished', (data) =>
    inCell(inCell(data, 6, 'Lopend', 'okt-20', { published: 245 }), 7, 'Technologie', 'Procentueel (2018-2019)', {
      published: 15.13,
    }),
  );
  const answered = await report(opened);
  expect(cellOf(answered, 6, 'Lopend', 'okt-20')).toMatchObject({
    published: 245,
    rebuilt: 244,
    rebuiltThen: 244,
    knownNow: 244,
    difference: -1,
    agrees: false,
    verdict: 'MISPRINT',
    restatedBy: [],
  });
  expect(cellOf(answered, 7, 'Technologie', 'Procentueel (2018-2019)')).toMatchObject({
    rebuilt: 15.12,
    difference: -0.01,
    verdict: 'MISPRINT',
  });
  expect(answered.tables.filter(({ agrees }) => !agrees).map(({ number }) => number)).toEqual([6, 7]);
  expect(allCells(answered).filter(({ verdict }) => verdict !== 'MATCH')).toHaveLength(2);
});

it('tells when today’s program no longer rebuilds what it rebuilt at publication', async () => {
  const running = 'projects[status=running]@2020-10';
  const opened = await openWith('PeriodPublished', (data) => ({
    ...data,
    cells: data.cells.map((kept) => (kept.cell === running ? { ...kept, count: 243 } : kept)),
  }));
  const answered = await report(opened);
  expect(allCells(answered).filter(({ verdict }) => verdict !== 'MATCH')).toEqual([
    expect.objectContaining({
      table: 6,
      row: 'Lopend',
      column: 'okt-20',
      formula: running,
      published: 244,
      rebuilt: 244,
      rebuiltThen: 243,
      agrees: true,
      verdict: 'PROJECTION_DRIFT',
    }),
  ]);
});

it('leaves open what was rebuilt at a publication that kept no cells', async () => {
  const opened = await openWith('PeriodPublished', (data) => ({ ...data, cells: [] }));
  const cells = allCells(await report(opened));
  expect(new Set(cells.map(({ rebuiltThen }) => rebuiltThen))).toEqual(new Set([null]));
  expect(new Set(cells.map(({ verdict }) => verdict))).toEqual(new Set(['MATCH']));
});

const cell = (row: string, formula: string | null): PrintedCell => ({
  block: null,
  row,
  column: 'n',
  published: 1,
  decimals: 0,
  formula,
});

const otherReport = (key: string, period: string | null, cells: PrintedCell[]): EventData['ReportPublished'] => ({
  key,
  title: 'Another report',
  publisher: 'Somebody else',
  publishedOn: '2021',
  period,
  tables: [{ number: 1, title: 'Anything', cells, notes: [] }],
  claims: cells.map(({ row, formula }, index) => ({
    key: `C${index}`,
    text: { nl: row, en: null },
    claimed: 1,
    qualifier: 'EXACTLY',
    unit: 'projects',
    formula,
    source: 'nowhere',
  })),
});

it('says of every other report why a figure is not computable', async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  const problems: readonly (readonly [row: string, formula: string | null, problem: string])[] = [
    ['a scale that is not defined', 'projects[colour=red]', "Scale 'colour' is not defined."],
    ['a level that is not defined', 'projects[status=paused]', "Scale 'status' has no level 'paused'."],
    ['a period that is not defined', 'projects@1999-01', "Period '1999-01' is not defined."],
    ['a scale of others', 'regions[status=running]', "Scale 'status' is for projects, not for regions."],
    ['a part that cannot be counted', '1 + 2 * projects@1999-01', "Period '1999-01' is not defined."],
    ['a division by zero', 'projects / projects[rubric=efficient-werken]', 'It divides by zero.'],
    ['a division by a difference', '1 / (projects - projects)', 'It divides by zero.'],
    [
      'more than a number holds',
      `1${'0'.repeat(300)} * projects * 1000000`,
      'It comes to a number too large to compute with.',
    ],
    ['no formula', null, 'The report’s figure is not a count of subjects.'],
    ['no formula at all', 'sqrt(2)', "Expected 'regions' or 'projects', found 'sqrt' (at character 1)"],
  ];
  const cells = problems.map(([row, formula]) => cell(row, formula));
  await record(api, 'report-other', {
    type: 'ReportPublished',
    data: otherReport('other', '2020-10', [...cells, cell('computable', 'projects[status=stopped] - 5')]),
  });
  const answered = await report(api, 'other');
  for (const [row, formula, problem] of problems) {
    expect(cellOf(answered, 1, row, 'n')).toMatchObject({
      formula,
      problem,
      rebuilt: null,
      rebuiltThen: null,
      knownNow: null,
      difference: null,
      agrees: false,
      verdict: 'NOT_COMPUTABLE',
      restatedBy: [],
    });
    expect(answered.claims.find(({ text }) => text === row)).toMatchObject({
      computed: null,
      knownNow: null,
      formula: formula ?? '',
      problem,
      verdict: 'NOT_COMPUTABLE',
    });
  }
  expect(cellOf(answered, 1, 'computable', 'n')).toMatchObject({ rebuilt: 1, verdict: 'MATCH' });
  expect(answered.tables[0]?.agrees).toBe(true);
});

it('counts for a report of no period only what names one, as known at the request', async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  const cells = [cell('named', 'projects[status=stopped]@2020-10 - 5'), cell('not named', 'projects[status=stopped]')];
  await record(api, 'report-other', { type: 'ReportPublished', data: otherReport('other', null, cells) });
  const answered = await report(api, 'other');
  expect(cellOf(answered, 1, 'named', 'n')).toMatchObject({ rebuilt: 1, rebuiltThen: null, verdict: 'MATCH' });
  expect(cellOf(answered, 1, 'not named', 'n')).toMatchObject({
    problem: 'A cell names no period, and the report has none.',
    verdict: 'NOT_COMPUTABLE',
  });
});
