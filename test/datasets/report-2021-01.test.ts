import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { regionKey } from '../../datasets/reconstruction/known-projects.js';
import { reportHistory } from '../../datasets/report-2021-01/history.js';
import { periods } from '../../datasets/report-2021-01/periods.js';
import { phaseTables } from '../../datasets/report-2021-01/phase-history.js';
import { printedReport } from '../../datasets/report-2021-01/printed/report.js';
import { definedScales, phaseScaleKeys } from '../../datasets/report-2021-01/scales.js';
import { decodeContent } from '../../events/domain-event.js';
import type { StoredEvent } from '../../events/envelope.js';
import { writeCell } from '../../events/formula/cell-reference.js';
import { cellsOfPeriod } from '../../projections/formulas/cells-of-period.js';
import { cellsOf } from '../../events/formula/formula.js';
import { parseFormula } from '../../events/formula/parse.js';
import type { ReadDatabase } from '../../projections/read-database.js';
import { statusesAt } from '../../projections/statements/queries/statuses.js';
import { subjectsAt } from '../../projections/statements/queries/subjects.js';
import { tabulateMoments } from '../../projections/tabulation/cross-tab.js';
import type { EventStore } from '../../src/event-store/port.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/index.js';
import { writeCloudEvent } from '../../src/log-format/write-cloud-event.js';
import { loadFile } from '../../src/log-format/load-file.js';
import { newFolds, projectEvents } from '../../src/read-models/projector/project-events.js';
import { openReadDatabase, type ReadDatabaseHandle } from '../../src/read-models/database/open.js';
import { tablesOf } from '../../src/read-models/database/versions.js';

const file = 'datasets/report-2021-01.ndjson';

let folder: string;
let log: EventStore;
let database: ReadDatabaseHandle;
let db: ReadDatabase;
let events: readonly StoredEvent[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'peildatum-dataset-'));
  log = openSqliteEventStore({ file: join(folder, 'log.sqlite') });
  database = await openReadDatabase({ engine: 'sqlite', path: join(folder, 'read.sqlite') });
  await loadFile({ file, log });
  events = await log.readAll(0, 10_000);
  await database.writing.transaction().execute((transaction) => projectEvents(transaction, 1, newFolds(), events));
  db = tablesOf(database.reading, 1);
});

afterAll(async () => {
  await database.close();
  await log.close();
  await rm(folder, { recursive: true });
});

const publicationOf = (period: string): StoredEvent => {
  const event = events.find(({ type, stream }) => type === 'PeriodPublished' && stream === `period-${period}`);
  if (!event) throw new Error(`Period ${period} was not published.`);
  return event;
};

const points = () =>
  periods.map(({ key, referenceDate }) => ({ asOf: referenceDate, position: publicationOf(key).position }));

test('building the data set again gives the same bytes', async () => {
  const history = await reportHistory();
  const built = history.map((event) => `${writeCloudEvent(event)}\n`).join('');
  expect(built === (await readFile(file, 'utf8'))).toBe(true);
});

describe.each(phaseTables)('table $table', ({ table, scale }) => {
  const printed = publishedTable<1 | 2 | 3>(readPublishedTables(), table);
  const question = () => ({
    kind: 'REGION' as const,
    filter: {},
    rowScale: phaseScaleKeys[scale],
    rows: printed.rows.map(({ phase }) => String(phase)),
  });

  test('comes out as printed for all four periods, as published', async () => {
    const answer = await tabulateMoments(db, question(), points());
    const counts = printed.rows.map((_, row) => answer.columns.map(({ cells }) => cells[row]?.members.length));
    expect(counts).toEqual(printed.rows.map((row) => row.counts));
    expect(answer.columns.map(({ total }) => total)).toEqual(printed.totals);
    expect(answer.unassessed).toEqual([0, 0, 0, 0]);
  });

  test('comes out as printed as known now', async () => {
    const position = events.length;
    const answer = await tabulateMoments(
      db,
      question(),
      points().map(({ asOf }) => ({ asOf, position })),
    );
    expect(answer.columns.map(({ cells }) => cells.map(({ members }) => members.length))).toEqual(
      printed.periods.map((_, column) => printed.rows.map(({ counts }) => counts[column])),
    );
  });

  test('rests on printed levels in October 2020 only', async () => {
    const answers = await Promise.all(points().map((point) => tabulateMoments(db, question(), [point])));
    expect(answers.map(({ basis }) => basis)).toEqual([
      [{ basis: 'RECONSTRUCTED', count: 34 }],
      [{ basis: 'RECONSTRUCTED', count: 34 }],
      [{ basis: 'RECONSTRUCTED', count: 34 }],
      [{ basis: 'PUBLISHED', count: 34 }],
    ]);
  });
});

const cellsKeptBy = (period: string) => {
  const published = decodeContent(publicationOf(period));
  if (published.type !== 'PeriodPublished') throw new Error('Not a publication.');
  return published.data.cells;
};

test('each publication carries the cells of tables 1, 2 and 3 as printed', () => {
  for (const [column, { key }] of periods.entries()) {
    const printed = phaseTables.flatMap(({ table, scale }) =>
      publishedTable<1 | 2 | 3>(readPublishedTables(), table).rows.map(({ phase, counts }) => ({
        cell: `regions[${phaseScaleKeys[scale]}=${phase}]@${key}`,
        count: counts[column],
      })),
    );
    expect(cellsKeptBy(key)).toEqual(expect.arrayContaining(printed));
  }
});

test('each publication carries every level of every scale, and whoever has any', () => {
  const levels = (period: string): string[] =>
    definedScales().flatMap(({ key, subjectKind, levels }) => {
      const noun = subjectKind === 'REGION' ? 'regions' : 'projects';
      return [`${noun}[${key}]@${period}`, ...levels.map((level) => `${noun}[${key}=${level.key}]@${period}`)];
    });
  for (const { key } of periods) {
    expect(cellsKeptBy(key).map(({ cell }) => cell)).toEqual(expect.arrayContaining(levels(key)));
  }
});

test('each publication keeps what the product would keep of the period at that position', async () => {
  for (const { key } of periods) {
    expect(cellsKeptBy(key)).toEqual(await cellsOfPeriod(db, key, publicationOf(key).position - 1));
  }
});

test('the cells of a publication stand in the order of their spelling, each once', () => {
  for (const { key } of periods) {
    const cells = cellsKeptBy(key).map(({ cell }) => cell);
    expect(cells).toEqual([...new Set(cells)].sort());
  }
});

test('the publication of the report’s own period keeps every cell that the report’s figures follow from', () => {
  const kept = new Set(cellsKeptBy('2020-10').map(({ cell }) => cell));
  const { tables, claims } = printedReport();
  const formulas = [...tables.flatMap(({ cells }) => cells), ...claims].flatMap(({ formula }) => formula ?? []);
  const cells = formulas.flatMap((formula) => cellsOf(parseFormula(formula)));
  expect(cells.map((cell) => writeCell(cell, '2020-10')).filter((cell) => !kept.has(cell))).toEqual([]);
});

test('each publication is the last event of its append', () => {
  for (const { key } of periods) {
    const { position, correlationId } = publicationOf(key);
    expect(events[position]?.correlationId).not.toBe(correlationId);
  }
});

test('the statuses of October 2020 equal annex 1, in its order', async () => {
  const point = { asOf: '2020-11-01', position: publicationOf('2020-10').position };
  const regions = (await subjectsAt(db, { kind: 'REGION' }, point)).filter(
    ({ key }) => key !== 'arnhem' && key !== 'nijmegen',
  );
  expect(regions.map(({ key }) => key)).toEqual(
    readRegions().map(({ region, subregion }) => regionKey(region, subregion)),
  );
  const scales = ['agreements', 'vision', 'dynamics'];
  const cells = regions.flatMap(({ id }) => scales.map((scale) => ({ subject: id, scale })));
  const statuses = await statusesAt(db, cells, point);
  const levels = regions.map(({ id }) =>
    scales.map((scale) => Number(statuses.find((each) => each.subject === id && each.scale === scale)?.level)),
  );
  expect(levels).toEqual(readRegions().map(({ agreements, vision, dynamics }) => [agreements, vision, dynamics]));
});

test('Arnhem and Nijmegen have subregions and no phases, Rotterdam has both', async () => {
  const point = { asOf: '2020-11-01', position: events.length };
  const statesOf = async (key: string) => {
    const [region] = await subjectsAt(db, { kind: 'REGION', keys: [key] }, point);
    const scales = ['agreements', 'parent', 'care-office'];
    const statuses = await statusesAt(
      db,
      scales.map((scale) => ({ subject: region?.id ?? 0, scale })),
      point,
    );
    return Object.fromEntries([['name', region?.name], ...statuses.map(({ scale, level }) => [scale, level])]);
  };
  expect(await statesOf('arnhem')).toEqual({ name: 'Arnhem', 'care-office': 'menzis' });
  expect(await statesOf('nijmegen')).toEqual({ name: 'Nijmegen', 'care-office': 'vgz' });
  expect(await statesOf('rotterdam')).toEqual({
    name: 'Rotterdam',
    agreements: '4',
    'care-office': 'zilveren-kruis',
  });
  expect(await statesOf('rotterdam-capelle-krimpen')).toEqual({
    name: 'Capelle/Krimpen',
    agreements: '4',
    parent: 'rotterdam',
    'care-office': 'zilveren-kruis',
  });
  expect(await statesOf('arnhem-food-valley')).toMatchObject({ name: 'Food Valley', parent: 'arnhem' });
});

test('De Friesland bears its new name from the reference date of the last period on', async () => {
  const nameOn = async (asOf: string) => {
    const which = { kind: 'ORGANISATION', keys: ['de-friesland'] } as const;
    return (await subjectsAt(db, which, { asOf, position: events.length }))[0]?.name;
  };
  expect(await nameOn('2020-10-31')).toBe('De Friesland');
  expect(await nameOn('2020-11-01')).toBe('Zilveren Kruis (De Friesland)');
});

test('what the report prints was recorded in the month of its publication, what followed later', () => {
  const recorded = Map.groupBy(events, ({ recordedAt }) => recordedAt);
  expect([...recorded.keys()]).toEqual([
    '2019-03-31T21:59:59.999Z',
    '2019-10-31T22:59:59.999Z',
    '2020-03-31T21:59:59.999Z',
    '2021-01-15T22:59:59.999Z',
    '2021-04-30T21:59:59.999Z',
  ]);
  expect(recorded.get('2021-04-30T21:59:59.999Z')?.map(({ type }) => type)).toEqual([
    'MilestoneRecorded',
    'MilestoneRecorded',
  ]);
  expect(events.every(({ recordedAtStated }) => recordedAtStated)).toBe(true);
});
