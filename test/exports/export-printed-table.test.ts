import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { event, readCsv, readXlsx, recordIn, urlOf } from './export-support.js';

const cell = (row: string, published: number, formula: string | null) => ({
  block: null,
  row,
  column: 'Aantal',
  published,
  decimals: 0,
  formula,
});

/** A report with a figure that was printed wrong and one that no count gives. */
const misprinted = event('report-misprinted', 'ReportPublished', {
  key: 'misprinted',
  title: 'Rapport met een drukfout',
  publisher: 'De drukker',
  publishedOn: '2021-02',
  period: '2020-10',
  tables: [
    {
      number: 1,
      title: 'Geteld',
      cells: [
        cell('Fase 4', 33, 'regions[agreements=4]'),
        cell('Alle', 34, 'regions[agreements]'),
        cell('Geschat', 7, null),
      ],
      notes: [{ nl: 'De telling is van oktober.', en: 'The count is of October.' }],
    },
  ],
  claims: [],
});

/** News that came after the publication: on the reference date Zeeland was in an earlier phase than was thought. */
const late = event('region-zeeland', 'StatusStated', {
  scale: 'agreements',
  level: '2',
  effectiveOn: '2020-11-01',
  basis: 'OBSERVED',
  reason: null,
  evidence: [],
});

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer({ prepare: (log) => recordIn(log, misprinted, late) });
});
afterAll(() => server.close());

const csv = async (path: string, parameters = {}) =>
  readCsv(await (await fetch(server.url + urlOf(path, parameters))).text());

describe('a printed table as a file', () => {
  it('holds each printed cell against the history', async () => {
    const { rows } = await csv('/export/reports/misprinted/tables/1.csv');
    expect(rows.map((row) => row.slice(1, 9))).toEqual([
      ['Rij', 'Kolom', 'Gedrukt', 'Herbouwd', 'Verschil (herbouwd − gedrukt)', 'Klopt', 'Oordeel', 'Oordeel (code)'],
      ['Fase 4', 'Aantal', '33', '32', '-1', 'false', 'Drukfout', 'MISPRINT'],
      ['Alle', 'Aantal', '34', '34', '0', 'true', 'Klopt', 'MATCH'],
      ['Geschat', 'Aantal', '7', '', '', 'false', 'Niet te berekenen', 'NOT_COMPUTABLE'],
    ]);
  });

  it('says what it is, of when, and how it came out', async () => {
    const path = '/export/reports/misprinted/tables/1.xlsx';
    const response = await fetch(server.url + urlOf(path, { language: 'EN' }));
    const { notes, rows } = await readXlsx(await response.arrayBuffer());
    expect(rows[1]?.slice(3, 9)).toEqual([33, 32, -1, false, 'Misprint', 'MISPRINT']);
    expect(notes.get('Report')).toEqual(['misprinted', 'Rapport met een drukfout']);
    expect(notes.get('Period')).toEqual(['2020-10']);
    expect(notes.get('As of (valid time)')).toEqual(['2020-11-01']);
    expect(notes.get('All computable cells agree')).toEqual([false]);
    expect(notes.get('Verdict: Misprint')).toEqual([1]);
    expect(notes.get('Note on the table')).toEqual(['The count is of October.']);
    const { projections } = await server.ask<{ projections: { position: string }[] }>('{ projections { position } }');
    expect(notes.get('Known now: log position')).toEqual([Number(projections[0]?.position)]);
  });

  it('names the events that restated a cell', async () => {
    const { rows, notes } = await csv('/export/reports/2021-01/tables/1.csv');
    const restated = rows.filter((row) => row[8] === 'RESTATED');
    const [head] = notes.get('Nu bekend: logpositie') ?? [];
    expect(restated.length).toBeGreaterThan(0);
    for (const row of restated) expect(row[11]).toBe(head);
    expect(notes.get('Oordeel: Later gewijzigd')).toEqual([String(restated.length)]);
    expect(rows.filter((row) => row[8] === 'MATCH').every((row) => row[11] === '')).toBe(true);
  });

  it('gives all tables of the shipped report, cell by cell as the API does', async () => {
    const { report } = await server.ask<{
      report: { tables: { number: number; cells: { row: string; published: number; rebuilt: number | null }[] }[] };
    }>('{ report(key: "2021-01") { tables { number cells { row published rebuilt } } } }');
    expect(report.tables.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]);
    for (const { number, cells } of report.tables) {
      const { rows } = await csv(`/export/reports/2021-01/tables/${number}.csv`);
      expect(rows.slice(1).map((row) => [row[1], row[3], row[4]])).toEqual(
        cells.map(({ row, published, rebuilt }) => [row, String(published), rebuilt === null ? '' : String(rebuilt)]),
      );
    }
  });
});
