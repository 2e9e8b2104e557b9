import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClaims } from '../../datasets/read-facts/claims.js';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { codesOf } from '../support/answer.js';
import { openTestApi, type TestApi } from '../support/test-api.js';
import { figuresOf } from './printed-figures.js';
import { allCells, cellOf, report, type ReportAnswered } from './report-questions.js';

const facts = readPublishedTables();

let api: TestApi;
let answered: ReportAnswered;
beforeAll(async () => {
  api = await openTestApi({ history: 'SHIPPED' });
  answered = await report(api);
});
afterAll(() => api.close());

it('names the report, its publisher and the period that it reports on', () => {
  expect(answered).toMatchObject({
    key: '2021-01',
    title: facts.source.title,
    publisher: facts.source.publisher,
    publishedOn: '2021-01',
    period: { key: '2020-10' },
  });
});

it('prints tables 1 to 8 and 10 to 12 under their titles', () => {
  expect(answered.tables.map(({ number, title }) => ({ number, title }))).toEqual(
    facts.tables.map(({ table, title }) => ({ number: table, title })),
  );
});

describe.each(facts.tables)('table $table', (printed) => {
  const table = () => {
    const found = answered.tables.find(({ number }) => number === printed.table);
    if (!found) throw new Error(`The report has no table ${printed.table}.`);
    return found;
  };

  it('has every printed figure, totals and percentages included, in printed order', () => {
    expect(table().cells.map(({ published }) => published)).toEqual(figuresOf(printed));
  });

  it('agrees with the history in every cell, as rebuilt then, as rebuilt now and as known now', () => {
    expect(table().agrees).toBe(true);
    for (const cell of table().cells) {
      const { published } = cell;
      expect(cell).toMatchObject({
        rebuilt: published,
        rebuiltThen: published,
        knownNow: published,
        difference: 0,
        agrees: true,
        verdict: 'MATCH',
        problem: null,
        restatedBy: [],
      });
    }
  });

  it('has no two cells in one place', () => {
    const places = table().cells.map(({ block, row, column }) => JSON.stringify([block, row, column]));
    expect(new Set(places).size).toBe(places.length);
  });
});

it('heads its cells as printed', () => {
  expect(cellOf(answered, 1, 'Implementatiefase', 'okt-20').published).toBe(32);
  expect(cellOf(answered, 4, 'Totaal', 'Zilveren Kruis (De Friesland)').published).toBe(14);
  expect(cellOf(answered, 4, 'Totaal', 'Totaal').published).toBe(318);
  expect(cellOf(answered, 5, 'Totaal', 'okt-20').published).toBe(298);
  expect(cellOf(answered, 12, 'Totaal', 'mrt-20', 'Opschaalbaarheid').published).toBe(41);
  expect(cellOf(answered, 12, 'Nog onbekend', 'mrt-20', 'Deelbare resultaten').published).toBe(3);
});

it('prints the percentages of table 7 with one digit for the new projects and two for the others', () => {
  expect(cellOf(answered, 7, 'Anders werken', 'Procentueel (2020-2021)')).toMatchObject({
    published: 8,
    decimals: 1,
    rebuilt: 8,
    formula:
      '100 * projects[rubric=anders-werken, start=2020|2021]@2020-10 / projects[rubric, start=2020|2021]@2020-10',
  });
  expect(cellOf(answered, 7, 'Anders werken', 'Procentueel (2018-2019)')).toMatchObject({
    published: 2.93,
    decimals: 2,
    rebuilt: 2.93,
  });
  expect(publishedTable(facts, 7).columns.filter((column) => column === 'Procentueel')).toHaveLength(2);
});

it('notes at its tables all that the report leaves open, and what was changed in print', () => {
  const notes = new Map(answered.tables.map(({ number, notes: of }) => [number, of]));
  expect(facts.notes.filter((note) => ![...notes.values()].some((each) => each.includes(note)))).toEqual([]);
  expect(notes.get(10)?.join()).toContain('no table 9');
  expect(notes.get(5)?.join()).toContain('298');
  expect(notes.get(7)).toEqual([expect.stringContaining('(sic)'), expect.stringContaining("printed 'Procentueel'")]);
  for (const number of [1, 2, 3]) expect(notes.get(number)?.join()).toContain('DSW');
});

it('has no table 9, and says which tables there are', async () => {
  const asked = await api.query('{ report(key: "2021-01") { table(number: 9) { number } } }');
  expect(codesOf(asked)).toEqual(['UNKNOWN_TABLE']);
  expect(asked.errors[0]?.message).toContain('1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12');
});

it('refuses a report that is not recorded', async () => {
  expect(codesOf(await api.query('{ report(key: "2022-01") { key } }'))).toEqual(['UNKNOWN_REPORT']);
});

it('says what it adds to the report in Dutch and in English', async () => {
  interface Said {
    readonly tables: readonly { readonly nl: readonly string[]; readonly en: readonly string[] }[];
    readonly claims: readonly { readonly nl: string; readonly en: string; readonly asked: string }[];
  }
  const { report: said } = await api.ask<{ report: Said }>(`{
    report(key: "2021-01") {
      tables { nl: notes en: notes(language: EN) }
      claims { nl: text en: text(language: EN) asked: text(language: NL) }
    }
  }`);
  for (const { nl, en } of said.tables) {
    expect(nl).toHaveLength(en.length);
    for (const note of nl) expect(en).not.toContain(note);
  }
  expect(said.claims[3]).toEqual({ nl: 'Afgeronde projecten', en: 'Projects finished', asked: 'Afgeronde projecten' });
  for (const { nl, en, asked } of said.claims) {
    expect(nl).toBe(asked);
    expect(nl).not.toBe(en);
    // The report's own words are the same in both.
    expect(/‘([^’]+)’\)/.exec(nl)?.[1]).toBe(/'([^']+)'\)/.exec(en)?.[1]);
  }
});

describe('claims', () => {
  it('are those of the facts, in their order', () => {
    expect(
      answered.claims.map(({ key, text, claimed, qualifier, unit, source }) => ({
        key,
        text,
        claimed,
        qualifier,
        unit,
        source,
      })),
    ).toEqual(
      readClaims().map(({ id, claim, claimed, qualifier, unit, source }) => ({
        key: id,
        text: claim,
        claimed,
        qualifier,
        unit,
        source: source.replace('001 ', ''),
      })),
    );
  });

  it.each([
    ['C1', (100 * 32) / 34, 94.12, 'HOLDS'],
    ['C2', (100 * 23) / 34, 67.65, 'HOLDS'],
    ['C3', 11 + 23, 34, 'HOLDS'],
    ['C4', 7 + 31, 38, 'HOLDS'],
    ['C5', (100 * 31) / 38, 81.58, 'HOLDS'],
    ['C6', (100 * 12) / 17, 70.59, 'ROUNDED'],
    ['C7', (100 * 244) / 318, 76.73, 'HOLDS'],
    ['C8', (100 * (4 + 13 + 19 + 29 + 15)) / 113, 70.8, 'ROUNDED'],
    ['C9', (100 * (41 + 80 + 67)) / 268, 70.15, 'ROUNDED'],
    ['C10', (100 * (54 + 111 + 74)) / 318, 75.16, 'CONTRADICTED'],
    ['C11', 58 + 77 + 43, 178, 'HOLDS'],
    ['C12', 86, 86, 'HOLDS'],
    ['C13', 156, 156, 'HOLDS'],
    ['C14', 18, 18, 'HOLDS'],
    ['C15', (100 * (12 + 74)) / 318, 27.04, 'CONTRADICTED'],
  ])('%s is computed from the counts: %f, in short %f: %s', (key, computed, short, verdict) => {
    const claim = answered.claims.find((each) => each.key === key);
    expect(claim).toMatchObject({ computed, knownNow: computed, verdict, problem: null });
    expect(Number(claim?.computed?.toFixed(2))).toBe(short);
  });
});

it('tells which printed cells counted a subject on a scale', async () => {
  const { project } = await api.ask<{
    project: { explain: { printedIn: readonly { table: number; row: string; column: string }[] } };
  }>(
    `{ project(key: "probeerservice", at: {period: "2020-10"}) {
      explain(scale: "rubric") { printedIn { table row column } }
    } }`,
  );
  const { printedIn } = project.explain;
  expect(printedIn).toContainEqual({ table: 4, row: 'Technologie', column: 'Menzis' });
  expect(printedIn).toContainEqual({ table: 4, row: 'Totaal', column: 'Totaal' });
  expect(new Set(printedIn.map(({ table }) => table))).toEqual(new Set([4, 7, 12]));
  expect(printedIn.length).toBeLessThan(allCells(answered).length / 4);
});
