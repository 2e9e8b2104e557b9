import { describe, expect, it } from 'vitest';
import { byDateThenRank } from '../../../events/statement-order.js';
import { changesOf, directionOf } from '../../../projections/statements/changes.js';
import { timelineOf, type StatedLevel } from '../../../projections/statements/timeline.js';

type Stated = readonly [effectiveOn: string, level: string];

const lifetime = { registeredOn: '2018-01-01', retiredOn: null };

/** The timeline of statements in the order in which they were recorded. */
const timeline = (stated: readonly Stated[], lives: Parameters<typeof timelineOf>[1] = lifetime) => {
  const versions = stated.map(([effectiveOn, level], index): StatedLevel => ({ effectiveOn, level, rank: index + 1 }));
  return timelineOf(versions.toSorted(byDateThenRank), lives);
};

const intervals = (...args: Parameters<typeof timeline>) =>
  timeline(...args).map(({ version, since, until }) => [version.level, since, until]);

describe('a timeline', () => {
  it('goes by the date on which a level takes effect, not by the order of recording', () => {
    const stated: Stated[] = [
      ['2020-01-01', '3'],
      ['2019-01-01', '2'],
    ];
    expect(intervals(stated)).toEqual([
      ['2', '2019-01-01', '2020-01-01'],
      ['3', '2020-01-01', null],
    ]);
  });

  it('holds on one date what was recorded last', () => {
    const stated: Stated[] = [
      ['2020-01-01', '2'],
      ['2020-01-01', '3'],
    ];
    expect(intervals(stated)).toEqual([['3', '2020-01-01', null]]);
  });

  it('is clipped to the lifetime of its subject', () => {
    const stated: Stated[] = [
      ['2017-01-01', '1'],
      ['2017-06-01', '2'],
      ['2019-01-01', '3'],
      ['2021-01-01', '4'],
    ];
    expect(intervals(stated, { registeredOn: '2018-01-01', retiredOn: '2020-01-01' })).toEqual([
      ['2', '2018-01-01', '2019-01-01'],
      ['3', '2019-01-01', '2020-01-01'],
    ]);
  });

  it('is empty for a subject that was never registered', () => {
    expect(intervals([['2020-01-01', '2']], { registeredOn: null, retiredOn: null })).toEqual([]);
  });
});

describe('the changes of a timeline', () => {
  it('are its first level and each level that is another one than before', () => {
    const changes = changesOf(
      timeline([
        ['2019-01-01', '2'],
        ['2019-06-01', '2'],
        ['2020-01-01', '3'],
      ]),
    );
    expect(
      changes.map(({ from, to, effectiveOn, changedAfter }) => [
        from?.version.level,
        to.version.level,
        effectiveOn,
        changedAfter,
      ]),
    ).toEqual([
      [undefined, '2', '2019-01-01', null],
      ['2', '3', '2020-01-01', '2019-06-01'],
    ]);
  });

  it.each([
    [null, '2', 'ENTER'],
    ['2', null, 'LEAVE'],
    ['2', '3', 'ADVANCE'],
    ['3', '2', 'REGRESS'],
    ['2', 'unknown', 'LATERAL'],
  ])('from %s to %s go in the direction %s', (from, to, direction) => {
    expect(
      directionOf(
        from,
        to,
        new Map([
          ['2', 2],
          ['3', 3],
        ]),
      ),
    ).toBe(direction);
  });

  it('have no direction on a scale without an order', () => {
    expect(directionOf('2', '3', null)).toBe('LATERAL');
  });
});
