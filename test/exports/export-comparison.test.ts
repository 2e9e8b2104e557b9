import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestServer, type TestServer } from '../support/test-server.js';
import { readCsv, readXlsx, urlOf } from './export-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const asked = { scale: 'agreements', from: { period: '2019-03' }, to: { period: '2020-10' } };

describe('a comparison as a file', () => {
  it('has before, after and why they differ for each level', async () => {
    const response = await fetch(server.url + urlOf('/export/comparison.csv', asked));
    const { rows, notes } = readCsv(await response.text());
    expect(rows.map((row) => [...row.slice(0, 5), ...row.slice(7)])).toEqual([
      ['Sleutel', 'Niveau', 'Voor', 'Na', 'Verschil', 'Waarvan bewogen', 'Waarvan later bekend geworden'],
      ['1', 'Voorbereidingsfase', '1', '0', '-1', '-1', '0'],
      ['2', 'Inventarisatiefase', '7', '0', '-7', '-7', '0'],
      ['3', 'Plan van aanpak', '10', '2', '-8', '-8', '0'],
      ['4', 'Implementatiefase', '16', '32', '16', '16', '0'],
      ['', 'Totaal', '34', '34', '0', '0', '0'],
    ]);
    expect(notes.get('Schaal')).toEqual(['agreements', 'Afspraken / Convenanten']);
    expect(notes.get('Moment')).toEqual(['van', 'naar']);
    expect(notes.get('Peildatum (geldig op)')).toEqual(['2019-03-31', '2020-11-01']);
  });

  it('tells of both moments how many there were and on what they rest', async () => {
    const response = await fetch(server.url + urlOf('/export/comparison.xlsx', { ...asked, language: 'EN' }));
    const { notes, rows } = await readXlsx(await response.arrayBuffer());
    expect(rows[0]?.slice(0, 5)).toEqual(['Key', 'Level', 'Before', 'After', 'Change']);
    expect(notes.get('Total')).toEqual([34, 34]);
    expect(notes.get('Exists and passes the filter')).toEqual([34, 34]);
    expect(notes.get('Basis: reconstructed')).toEqual([34, 0]);
    expect(notes.get('Basis: published')).toEqual([0, 34]);
  });

  it('says how many went which way, as the API does', async () => {
    const { comparison } = await server.ask<{ comparison: Record<string, number> }>(
      '{ comparison(scale: "agreements", from: {period: "2019-03"}, to: {period: "2020-10"}) { advanced regressed lateral unchanged entered left } }',
    );
    const response = await fetch(server.url + urlOf('/export/comparison.xlsx', { ...asked, language: 'EN' }));
    const { notes } = await readXlsx(await response.arrayBuffer());
    expect(notes.get('To a higher level')).toEqual([comparison['advanced']]);
    expect(notes.get('To a lower level')).toEqual([comparison['regressed']]);
    expect(notes.get('To another level without rank')).toEqual([comparison['lateral']]);
    expect(notes.get('Same level')).toEqual([comparison['unchanged']]);
    expect(notes.get('A level only after')).toEqual([comparison['entered']]);
    expect(notes.get('A level only before')).toEqual([comparison['left']]);
  });

  it.each(['rubric', 'care-office'])('compares projects too: %s', async (scale) => {
    const response = await fetch(
      server.url + urlOf('/export/comparison.csv', { ...asked, scale, from: { period: '2020-03' } }),
    );
    expect(response.status).toBe(200);
    const { notes, rows } = readCsv(await response.text());
    expect(notes.get('Totaal')).toEqual(rows.at(-1)?.slice(2, 4));
  });
});
