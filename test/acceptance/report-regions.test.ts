import { describe, expect, it } from 'vitest';
import { publishedTable, readPublishedTables } from '../../datasets/read-facts/published-tables.js';
import { readRegions } from '../../datasets/read-facts/regions.js';
import { expectBalance, type Balanced } from '../model/identities.js';
import { shippedApi } from './shipped-api.js';

const facts = readPublishedTables();
const periods = facts.tables[0] && 'periods' in facts.tables[0] ? facts.tables[0].periods : [];
const api = shippedApi();

interface Table {
  readonly rows: readonly { readonly key: string; readonly label: string }[];
  readonly columns: readonly { readonly moment: { readonly period: { readonly key: string } } }[];
  readonly cells: readonly (readonly { readonly count: number }[])[];
  readonly columnTotals: readonly number[];
  readonly unassessed: readonly number[];
  readonly unplaced: number;
  readonly inScope: readonly number[];
  readonly basis: readonly { readonly basis: string; readonly count: number }[];
}

const tableDocument = `
  query ($scale: ID!, $moments: [At!]!) {
    crossTab(subjects: REGION, rows: {scale: $scale}, columns: {moments: $moments}) {
      rows { key label } columns { moment { period { key } } } cells { count }
      columnTotals unassessed unplaced inScope basis { basis count }
    }
  }`;

const comparisonDocument = `
  query ($scale: ID!, $from: At!, $to: At!) {
    comparison(scale: $scale, from: $from, to: $to) {
      rows { level { key } before after change movement restatement }
      transitions { from { key } to { key } count }
      advanced regressed lateral unchanged entered left movers { totalCount }
    }
  }`;

describe.each([1, 2, 3] as const)('table %i, of regions', (number) => {
  const printed = publishedTable(facts, number);
  const scale = printed.scale.toLowerCase();
  const ways: readonly (readonly [string, (period: string) => object])[] = [
    ['as it is known now', (period) => ({ period })],
    ['as it was published', (period) => ({ period, asPublished: true })],
  ];

  it.each(ways)('comes out %s as it was printed, for all four periods', async (_, at) => {
    const moments = printed.periods.map(at);
    const { crossTab } = await api().ask<{ crossTab: Table }>(tableDocument, { scale, moments });
    expect(crossTab.columns.map(({ moment }) => moment.period.key)).toEqual(printed.periods);
    expect(crossTab.rows.map(({ key, label }) => ({ phase: Number(key), label }))).toEqual(
      printed.rows.map(({ phase, label }) => ({ phase, label })),
    );
    expect(crossTab.cells.map((row) => row.map(({ count }) => count))).toEqual(
      printed.rows.map(({ counts }) => counts),
    );
    expect(crossTab.columnTotals).toEqual(printed.totals);
    expect(crossTab).toMatchObject({ unassessed: [0, 0, 0, 0], unplaced: 0, inScope: printed.totals });
  });

  it('says how its figures are known: printed by region for October 2020, reconstructed for the periods before', async () => {
    const ask = async (period: string) =>
      (await api().ask<{ crossTab: Table }>(tableDocument, { scale, moments: [{ period }] })).crossTab.basis;
    expect(await ask('2019-03')).toEqual([{ basis: 'RECONSTRUCTED', count: 34 }]);
    const latest = await ask('2020-10');
    expect(latest.map(({ basis }) => basis)).toContain('PUBLISHED');
    expect(latest.map(({ basis }) => basis)).not.toContain('OBSERVED');
  });

  const pairs = printed.periods.flatMap((from) => printed.periods.map((to) => [from, to] as const));
  it.each(pairs)('balances when %s is compared with %s', async (from, to) => {
    const variables = { scale, from: { period: from }, to: { period: to } };
    const { comparison } = await api().ask<{ comparison: Balanced }>(comparisonDocument, variables);
    expectBalance(comparison);
    const [before, after] = [from, to].map((period) => printed.periods.indexOf(period)) as [number, number];
    const expected = printed.rows.map(({ counts }) => [counts[before], counts[after]]);
    expect(comparison.rows.map((row) => [row.before, row.after])).toEqual(expected);
    // A reconstruction never moves backwards.
    if (before <= after) expect(comparison.regressed).toBe(0);
    else expect(comparison.advanced).toBe(0);
  });

  it('balances when what was published is compared with what is known now', async () => {
    for (const period of periods) {
      const variables = { scale, from: { period, asPublished: true }, to: { period } };
      const { comparison } = await api().ask<{ comparison: Balanced }>(comparisonDocument, variables);
      expectBalance(comparison);
      expect(comparison.rows.every(({ movement }) => movement === 0)).toBe(true);
    }
  });
});

interface Regions {
  readonly regions: {
    readonly nodes: readonly {
      readonly name: string;
      readonly parent: { readonly name: string } | null;
      readonly careOffice: { readonly name: string } | null;
      readonly statuses: readonly {
        readonly scale: { readonly key: string };
        readonly level: { readonly key: string };
      }[];
    }[];
  };
}

describe('annex 1', () => {
  it('is what the 34 assessed regions have as their statuses of October 2020, with their care offices', async () => {
    const { regions } = await api().ask<Regions>(`{
      regions(at: {period: "2020-10"}, first: 200) {
        nodes { name parent { name } careOffice { name } statuses { scale { key } level { key } } }
      }
    }`);
    const assessed = regions.nodes.filter(({ statuses }) => statuses.length > 0);
    const rows = assessed.map(({ name, parent, careOffice, statuses }) => {
      const phase = (scale: string) => Number(statuses.find((status) => status.scale.key === scale)?.level.key);
      return [
        parent?.name ?? name,
        parent ? name : null,
        careOffice?.name,
        ...['agreements', 'vision', 'dynamics'].map(phase),
      ];
    });
    const annex = readRegions().map(({ region, subregion, careOffice, agreements, vision, dynamics }) => [
      region,
      subregion,
      careOffice,
      agreements,
      vision,
      dynamics,
    ]);
    expect(annex).toHaveLength(34);
    const sorted = (list: readonly unknown[][]) => list.map((row) => JSON.stringify(row)).sort();
    expect(sorted(rows)).toEqual(sorted(annex));
  });
});
