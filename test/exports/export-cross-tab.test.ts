import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { readCsv, readXlsx, urlOf, type Parameters } from './export-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const csv = async (parameters: Parameters) =>
  readCsv(await (await fetch(server.url + urlOf('/export/cross-tab.csv', parameters))).text());
const xlsx = async (parameters: Parameters) =>
  readXlsx(await (await fetch(server.url + urlOf('/export/cross-tab.xlsx', parameters))).arrayBuffer());

const periods = ['2019-03', '2019-10', '2020-03', '2020-10'].map((period) => ({ period, asPublished: true }));
const table1 = { subjects: 'REGION', rows: 'agreements', columns: { moments: periods } };

describe('a cross-table over moments as a file', () => {
  it('has a row for each level, a column for each moment, and the total below', async () => {
    const { rows } = await csv(table1);
    expect(rows.map((row) => row.slice(0, 6))).toEqual([
      ['Sleutel', 'Niveau', 'maart 2019', 'oktober 2019', 'maart 2020', 'oktober 2020'],
      ['1', 'Voorbereidingsfase', '1', '0', '0', '0'],
      ['2', 'Inventarisatiefase', '7', '7', '3', '0'],
      ['3', 'Plan van aanpak', '10', '6', '4', '2'],
      ['4', 'Implementatiefase', '16', '21', '27', '32'],
      ['', 'Totaal', '34', '34', '34', '34'],
    ]);
  });

  it('has the same counts and shares as the API, as numbers that lose nothing', async () => {
    const asked = await server.ask<{
      crossTab: { cells: { count: number; share: number | null }[][]; columnTotals: number[] };
    }>(
      'query ($columns: Axis!) { crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: $columns) { cells { count share } columnTotals } }',
      { columns: table1.columns },
    );
    const { rows } = await xlsx(table1);
    const figures = rows.slice(1, -1).map((row) => row.slice(2));
    expect(figures).toEqual(
      asked.crossTab.cells.map((cells) => [...cells.map(({ count }) => count), ...cells.map(({ share }) => share)]),
    );
    expect(rows.at(-1)?.slice(2, 6)).toEqual(asked.crossTab.columnTotals);
    const fromCsv = (await csv(table1)).rows.slice(1, -1).map((row) => row.slice(2).map(Number));
    expect(fromCsv).toEqual(figures);
  });

  it('tells of each moment when it was, what was known and on what it rests', async () => {
    const { notes, pages } = await xlsx(table1);
    expect(pages).toEqual(['Tabel', 'Verantwoording']);
    expect(notes.get('Wat')).toEqual(['Kruistabel regio’s agreements 4 momenten']);
    expect(notes.get('Kolom')).toEqual(['maart 2019', 'oktober 2019', 'maart 2020', 'oktober 2020']);
    expect(notes.get('Peildatum (geldig op)')).toEqual(['2019-03-31', '2019-10-31', '2020-03-31', '2020-11-01']);
    expect(notes.get('Periode')).toEqual(['2019-03', '2019-10', '2020-03', '2020-10']);
    expect(notes.get('Zoals gepubliceerd')).toEqual([true, true, true, true]);
    const [first] = (notes.get('Beschikbaar op') ?? []) as string[];
    expect(first).toBe('2019-03-31T21:59:59.999Z');
    const positions = (notes.get('Logpositie') ?? []) as number[];
    expect(positions.every((position) => Number.isInteger(position) && position > 0)).toBe(true);
    expect(notes.get('Totaal')).toEqual([34, 34, 34, 34]);
    expect(notes.get('Zonder niveau op de schaal van de rijen')).toEqual([0, 0, 0, 0]);
    expect(notes.get('Bestaat en voldoet aan het filter')).toEqual([34, 34, 34, 34]);
    const bases = ['waargenomen', 'gepubliceerd', 'gereconstrueerd'].map(
      (basis) => (notes.get(`Grondslag: ${basis}`) ?? []) as number[],
    );
    expect(periods.map((_, index) => bases.reduce((sum, counts) => sum + (counts[index] ?? 0), 0))).toEqual([
      34, 34, 34, 34,
    ]);
  });

  it('tells two columns of one period apart by what was known', async () => {
    const moments = [{ period: '2020-10', asPublished: true }, { period: '2020-10' }];
    const { rows, notes } = await csv({ ...table1, columns: { moments } });
    const [one, other] = notes.get('Logpositie') ?? [];
    expect(one).not.toBe(other);
    expect(rows[0]?.slice(2, 4)).toEqual([
      `oktober 2020 (2020-11-01, positie ${String(one)})`,
      `oktober 2020 (2020-11-01, positie ${String(other)})`,
    ]);
  });

  it('holds fifty moments', async () => {
    const moments = Array.from({ length: 50 }, (_, index) => ({
      asOf: `2020-${index < 25 ? '04' : '05'}-${String((index % 25) + 1).padStart(2, '0')}`,
    }));
    const { rows } = await xlsx({ ...table1, columns: { moments } });
    expect(rows[0]).toHaveLength(2 + 50 + 50);
    expect(rows.at(-1)?.slice(2, 52)).toEqual(Array.from({ length: 50 }, () => 34));
  });
});

describe('a cross-table of two scales as a file', () => {
  const table6 = { subjects: 'PROJECT', rows: 'rubric', columns: 'start', at: { period: '2020-10' } };

  it('has totals both ways, and what is in no cell', async () => {
    const { rows, notes } = await xlsx(table6);
    const [header, ...body] = rows;
    const total = header?.indexOf('Totaal') ?? -1;
    for (const row of body) {
      const counts = row.slice(2, total) as number[];
      expect(row[total]).toBe(counts.reduce((sum, count) => sum + count, 0));
    }
    const all = body.at(-1)?.[total];
    expect(notes.get('Totaal')).toEqual([all]);
    const rest = [
      'Totaal',
      'Zonder niveau op de schaal van de rijen',
      'Zonder niveau op de schaal van de kolommen',
    ].map((name) => (notes.get(name) as number[])[0] as number);
    expect(rest.reduce((sum, count) => sum + count, 0)).toBe(
      (notes.get('Bestaat en voldoet aan het filter') as number[])[0],
    );
  });

  it('speaks English on request', async () => {
    const { rows, notes, pages } = await xlsx({ ...table6, language: 'EN' });
    expect(pages).toEqual(['Table', 'Notes']);
    expect(rows[0]?.slice(0, 2)).toEqual(['Key', 'Level']);
    expect(rows.at(-1)?.slice(0, 2)).toEqual([null, 'Total']);
    expect(notes.get('What')).toEqual(['Cross-table projects rubric × start 2020-10']);
    expect(notes.get('Columns')).toEqual(['start']);
    expect(notes.get('Name of the period')).toEqual(['October 2020']);
    const dutch = await xlsx(table6);
    expect(rows.map((row) => row[1])).not.toEqual(dutch.rows.map((row) => row[1]));
    expect(rows.slice(1).map((row) => row.slice(2))).toEqual(dutch.rows.slice(1).map((row) => row.slice(2)));
  });

  it('keeps to its filter, and says so', async () => {
    const filter = { where: [{ scale: 'vision', in: ['5'] }] };
    const { notes } = await csv({ subjects: 'REGION', rows: 'agreements', columns: 'dynamics', filter });
    const asked = await server.ask<{ crossTab: { inScope: number[] } }>(
      'query ($filter: SubjectFilter) { crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {scale: "dynamics"}, filter: $filter) { inScope } }',
      { filter },
    );
    expect(notes.get('Filter')).toEqual([JSON.stringify(filter)]);
    expect(notes.get('Bestaat en voldoet aan het filter')).toEqual(asked.crossTab.inScope.map(String));
  });

  it.each([
    ['a plain word', 'agreements'],
    ['JSON text', '"agreements"'],
    ['an object', '{"scale":"agreements"}'],
  ])('takes a scale as %s', async (_name, rows) => {
    const { notes } = await csv({ subjects: 'REGION', rows, columns: 'vision' });
    expect(notes.get('Rijen')).toEqual(['agreements']);
  });
});
