import { describe, expect, it } from 'vitest';
import { SCALES, statement, statements } from '../../bench/synthetic-history.js';

interface Stated {
  readonly series: string;
  readonly level: string;
  readonly effectiveOn: string;
}

/** What each statement states, in the order of the history. A series is one region on one scale. */
function statedIn(count: number, regions: number): Stated[] {
  return [...statements(0, count, regions)].map(({ stream, data }) => {
    const { scale, level, effectiveOn } = data as Record<string, string>;
    return { series: `${stream} ${scale}`, level: level ?? '', effectiveOn: effectiveOn ?? '' };
  });
}

const bySeries = (stated: readonly Stated[]): Stated[][] => [...Map.groupBy(stated, ({ series }) => series).values()];

describe.each([10, 100, 333, 1_000])('a synthetic history of %d regions', (regions) => {
  const perSeries = 40;
  const stated = statedIn(regions * SCALES.length * perSeries, regions);
  const series = bySeries(stated);

  it('states equally many levels of each region on each scale', () => {
    expect(series).toHaveLength(regions * SCALES.length);
    expect(new Set(series.map((each) => each.length))).toEqual(new Set([perSeries]));
  });

  it('changes levels of every series, in most steps of effective time', () => {
    const shares = series.map((each) => {
      const levels = each.toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : 1)).map(({ level }) => level);
      return levels.filter((level, index) => index > 0 && level !== levels[index - 1]).length / (perSeries - 1);
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.4);
    const levels = series.map((each) => new Set(each.map(({ level }) => level)).size);
    expect(Math.min(...levels)).toBeGreaterThanOrEqual(4);
  });

  it('uses every level about equally often', () => {
    const counts = [...Map.groupBy(stated, ({ level }) => level).values()].map(({ length }) => length);
    expect(counts).toHaveLength(5);
    for (const count of counts) expect(Math.abs(count / (stated.length / 5) - 1)).toBeLessThan(0.1);
  });

  it('states most levels late, and none twice of the same date', () => {
    const late = series.map(
      (each) =>
        each.filter(({ effectiveOn }, index) => each.slice(0, index).some((before) => before.effectiveOn > effectiveOn))
          .length,
    );
    expect(Math.min(...late)).toBeGreaterThan(perSeries / 2);
    for (const each of series) expect(new Set(each.map(({ effectiveOn }) => effectiveOn)).size).toBe(perSeries);
  });
});

it('gives real dates and the same statement for the same place each time', () => {
  for (const { effectiveOn } of statedIn(20_000, 7)) {
    expect(new Date(`${effectiveOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(effectiveOn);
  }
  expect(statement(12_345, 100).data).toEqual(statement(12_345, 100).data);
});
