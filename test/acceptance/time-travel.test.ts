import { describe, expect, it } from 'vitest';
import { codesOf } from '../support/answer.js';
import { shippedApi } from './shipped-api.js';

const api = shippedApi();

const document = `
  query ($at: At) {
    region(key: "zeeland", at: $at) {
      exists status(scale: "agreements") { level { key } since until basis } moment { ...moment }
      timeline(scale: "agreements") { level { key } since }
    }
    regions(at: $at) { totalCount moment { ...moment } }
    statusChanges(at: $at, filter: { scales: ["agreements"], keys: ["zeeland"] }) { totalCount }
    milestones(at: $at) { on }
  }
  fragment moment on Moment { asOf position knownAt beforeFirstEvent immutable asPublished recordedAtStated period { key } }`;

interface Travelled {
  readonly region: {
    readonly exists: boolean;
    readonly status: { readonly level: { readonly key: string } } | null;
    readonly timeline: readonly unknown[];
    readonly moment: Readonly<Record<string, unknown>>;
  } | null;
  readonly regions: { readonly totalCount: number; readonly moment: Readonly<Record<string, unknown>> };
  readonly statusChanges: { readonly totalCount: number };
  readonly milestones: readonly unknown[];
}

const travel = (at: object) => api().ask<Travelled>(document, { at });

describe('time travel', () => {
  it.each([
    { position: '0' },
    { knownAt: '2019-03-31T21:59:59.998Z' },
    { knownAt: '2001-01-01T00:00:00Z', asOf: '2020-10-31' },
  ])('finds nothing before the first event (%o)', async (at) => {
    const { region, regions, statusChanges, milestones } = await travel(at);
    expect({ region, statusChanges, milestones }).toEqual({
      region: null,
      statusChanges: { totalCount: 0 },
      milestones: [],
    });
    expect(regions).toMatchObject({
      totalCount: 0,
      moment: { position: '0', knownAt: null, beforeFirstEvent: true, recordedAtStated: false },
    });
    const table = await api().ask<{ crossTab: Readonly<Record<string, unknown>> }>(
      `query ($at: At!) { crossTab(subjects: REGION, rows: {scale: "agreements"}, columns: {moments: [$at]}) {
          rows { key } cells { count } rowTotals columnTotals total unassessed unplaced inScope basis { count } } }`,
      { at },
    );
    expect(table.crossTab).toEqual({
      rows: [],
      cells: [],
      rowTotals: [],
      columnTotals: [0],
      total: 0,
      unassessed: [0],
      unplaced: 0,
      inScope: [0],
      basis: [],
    });
  });

  it('knows between two recordings what was recorded by the earlier one', async () => {
    const [at, between] = await Promise.all([
      travel({ asOf: '2021-01-01', knownAt: '2019-10-31T22:59:59.999Z' }),
      travel({ asOf: '2021-01-01', knownAt: '2020-01-01T00:00:00+01:00' }),
    ]);
    expect(between).toEqual(at);
    expect(between.regions.moment).toMatchObject({
      immutable: true,
      knownAt: '2019-10-31T22:59:59.999Z',
      recordedAtStated: true,
    });
    expect(between.region?.timeline.length).toBeLessThanOrEqual(2);
  });

  it('shows a period as published from its first publication, and the same at that position', async () => {
    const { periods } = await api().ask<{
      periods: { key: string; referenceDate: string; publications: { position: string }[] }[];
    }>('{ periods { key referenceDate publications { position } } }');
    expect(periods.map(({ referenceDate }) => referenceDate)).toEqual([
      '2019-03-31',
      '2019-10-31',
      '2020-03-31',
      '2020-11-01',
    ]);
    for (const { key, referenceDate, publications } of periods) {
      const position = publications[0]?.position;
      const published = await travel({ period: key, asPublished: true });
      const pinned = await travel({ asOf: referenceDate, position });
      expect(published.regions.moment).toMatchObject({
        position,
        asOf: referenceDate,
        asPublished: true,
        immutable: true,
      });
      expect(published.region?.status).toEqual(pinned.region?.status);
      expect(published.region?.timeline).toEqual(pinned.region?.timeline);
    }
  });

  it('answers for a date in the future with what is known to hold by then, and before registration that it did not exist', async () => {
    const future = await travel({ asOf: '2100-01-01' });
    expect(future.region?.status?.level.key).toBe('4');
    const past = await travel({ asOf: '2018-05-31' });
    expect(past.region).toMatchObject({ exists: false, status: null });
    expect(past.regions.totalCount).toBe(0);
  });

  it('takes the default for what is left out, and calls only what is pinned immutable', async () => {
    const { regions } = await travel({});
    expect(regions.moment).toMatchObject({
      asOf: '2021-06-01',
      immutable: false,
      beforeFirstEvent: false,
      period: null,
    });
    const { position } = await api().log.head();
    expect(regions.moment['position']).toBe(String(position));
    const dated = await travel({ position: '300' });
    expect(dated.regions.moment).toMatchObject({ asOf: '2021-06-01', immutable: false });
    const unsettled = await travel({ asOf: '2021-01-01', knownAt: '2021-05-31T00:00:00Z' });
    expect(unsettled.regions.moment).toMatchObject({ immutable: false, position: String(position) });
  });

  it('refuses instants that lie in the future of the clock and of the log', async () => {
    expect(codesOf(await api().query(document, { at: { knownAt: '2021-06-01T10:00:00.001Z' } }))).toContain(
      'KNOWN_AT_IN_FUTURE',
    );
  });
});
