import { describe, expect, test } from 'vitest';
import { corrected, region, regionNamed, regionRetired, scale, stated, withdrawn } from './proposed-events.js';
import { past } from './past.js';

const zeeland = 'region-zeeland';
const on = '2020-01-01';

function world() {
  const history = past(scale('vision', ['1', '2', '3']), scale('dynamics', ['1', '2']), region('drenthe'));
  const registration = history.record(region('zeeland'));
  const statement = history.record(stated(zeeland, 'vision', '2', on));
  return { ...history, registration, statement };
}

describe('a correction', () => {
  test('changes the level, the date, the basis or the evidence', () => {
    const { refusalOf, statement } = world();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '3', on))).toBeNull();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '2', '2020-01-02'))).toBeNull();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '2', on, { basis: 'PUBLISHED' }))).toBeNull();
    const evidence = [{ title: 'Report', locator: null, url: null }];
    expect(refusalOf(corrected(zeeland, statement, 'vision', '2', on, { evidence }))).toBeNull();
  });

  test('that changes nothing is refused', () => {
    const { refusalOf, record, statement } = world();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '2', on))).toMatchObject({
      code: 'UNCHANGED',
      field: 'corrects',
    });
    const evidence = [{ title: 'Report', locator: 'p. 1', url: null }];
    const evidenced = record(corrected(zeeland, statement, 'vision', '2', on, { evidence }));
    const again = [{ url: null, locator: 'p. 1', title: 'Report' }];
    expect(refusalOf(corrected(zeeland, evidenced, 'vision', '2', on, { evidence: again }))?.code).toBe('UNCHANGED');
  });

  test('names an event that made a statement', () => {
    const { refusalOf } = world();
    expect(refusalOf(corrected(zeeland, 'event-99', 'vision', '3', on))).toMatchObject({
      code: 'UNKNOWN_EVENT',
      field: 'corrects',
    });
    expect(refusalOf(corrected(zeeland, 'event-1', 'vision', '3', on))?.code).toBe('UNKNOWN_EVENT');
  });

  test('stands in the stream of the statement', () => {
    const { refusalOf, statement } = world();
    expect(refusalOf(corrected('region-drenthe', statement, 'vision', '3', on))).toEqual({
      code: 'WRONG_STREAM',
      field: 'corrects',
      message: `Event ${statement} stated something of Region 'zeeland', not of Region 'drenthe'.`,
    });
  });

  test('keeps the scale', () => {
    const { refusalOf, statement } = world();
    expect(refusalOf(corrected(zeeland, statement, 'dynamics', '1', on))).toMatchObject({
      code: 'OTHER_SCALE',
      field: 'scale',
    });
  });

  test('states a level that there is, within the lifetime', () => {
    const { refusalOf, statement } = world();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '9', on))?.code).toBe('UNKNOWN_LEVEL');
    expect(refusalOf(corrected(zeeland, statement, 'vision', '2', '2017-12-31'))?.code).toBe('OUTSIDE_LIFETIME');
  });

  test('may leave a date alone that later news put outside the lifetime', () => {
    const { refusalOf, record, registration, statement } = world();
    record(corrected(zeeland, registration, 'existence', 'registered', '2020-06-01'));
    expect(refusalOf(corrected(zeeland, statement, 'vision', '3', on))).toBeNull();
    expect(refusalOf(corrected(zeeland, statement, 'vision', '3', '2020-01-02'))?.code).toBe('OUTSIDE_LIFETIME');
  });

  test('of a replaced version is refused and names the one that stands', () => {
    const { refusalOf, record, statement } = world();
    const second = record(corrected(zeeland, statement, 'vision', '3', on));
    const third = record(corrected(zeeland, second, 'vision', '1', on));
    for (const replaced of [statement, second]) {
      expect(refusalOf(corrected(zeeland, replaced, 'vision', '3', on))).toEqual({
        code: 'REPLACED',
        field: 'corrects',
        message: `Event ${replaced} was replaced by a correction. The version that stands is event ${third}.`,
        currentEvent: third,
      });
    }
    expect(refusalOf(corrected(zeeland, third, 'vision', '2', on))).toBeNull();
  });

  test('of what was withdrawn is refused and says so, by whichever of its versions', () => {
    const { refusalOf, record, statement } = world();
    const second = record(corrected(zeeland, statement, 'vision', '3', on));
    const end = record(withdrawn(zeeland, second));
    for (const version of [statement, second]) {
      expect(refusalOf(corrected(zeeland, version, 'vision', '1', on))).toEqual({
        code: 'WITHDRAWN',
        field: 'corrects',
        message:
          `The statement of event ${version} was withdrawn by event ${end}, and what is withdrawn cannot be changed. ` +
          'To say it again, make a new statement.',
      });
    }
  });

  test('puts right a name', () => {
    const { refusalOf, record } = world();
    const name = record(regionNamed('zeeland', 'Zeland'));
    expect(refusalOf(corrected(zeeland, name, 'name', 'Zeeland'))).toBeNull();
  });
});

describe('a correction of existence', () => {
  test('moves a registration or a retirement', () => {
    const { refusalOf, record, registration } = world();
    expect(refusalOf(corrected(zeeland, registration, 'existence', 'registered', '2017-01-01'))).toBeNull();
    const retirement = record(regionRetired('zeeland', '2021-01-01'));
    expect(refusalOf(corrected(zeeland, retirement, 'existence', 'retired', '2022-01-01'))).toBeNull();
  });

  test('does not make a registration a retirement', () => {
    const { refusalOf, registration } = world();
    expect(refusalOf(corrected(zeeland, registration, 'existence', 'retired', '2021-01-01'))).toMatchObject({
      code: 'EXISTENCE_KEPT',
      field: 'level',
    });
  });

  test('keeps registration before retirement', () => {
    const { refusalOf, record, registration } = world();
    const retirement = record(regionRetired('zeeland', '2021-01-01'));
    expect(refusalOf(corrected(zeeland, registration, 'existence', 'registered', '2021-01-01'))?.code).toBe(
      'LIFETIME_INVERTED',
    );
    expect(refusalOf(corrected(zeeland, registration, 'existence', 'registered', '2020-12-31'))).toBeNull();
    expect(refusalOf(corrected(zeeland, retirement, 'existence', 'retired', '2018-01-01'))?.code).toBe(
      'LIFETIME_INVERTED',
    );
  });
});

describe('a withdrawal', () => {
  test('names a version that stands', () => {
    const { refusalOf, record, statement } = world();
    const second = record(corrected(zeeland, statement, 'vision', '3', on));
    expect(refusalOf(withdrawn(zeeland, statement))).toMatchObject({
      code: 'REPLACED',
      field: 'withdraws',
      currentEvent: second,
    });
    expect(refusalOf(withdrawn('region-drenthe', second))?.code).toBe('WRONG_STREAM');
    const end = record(withdrawn(zeeland, second));
    expect(refusalOf(withdrawn(zeeland, second))).toMatchObject({ code: 'WITHDRAWN', field: 'withdraws' });
    expect(refusalOf(withdrawn(zeeland, end))?.code).toBe('UNKNOWN_EVENT');
  });

  test('of a retirement lets the subject live on, and retire another time', () => {
    const { refusalOf, record } = world();
    const retirement = record(regionRetired('zeeland', '2021-01-01'));
    record(withdrawn(zeeland, retirement));
    expect(refusalOf(stated(zeeland, 'vision', '2', '2022-01-01'))).toBeNull();
    expect(refusalOf(regionRetired('zeeland', '2023-01-01'))).toBeNull();
  });
});

describe('a retirement', () => {
  test('comes after the registration', () => {
    const { refusalOf } = world();
    expect(refusalOf(regionRetired('zeeland', '2018-01-01'))).toMatchObject({
      code: 'LIFETIME_INVERTED',
      field: 'retiredOn',
    });
    expect(refusalOf(regionRetired('zeeland', '2018-01-02'))).toBeNull();
  });

  test('comes once', () => {
    const { refusalOf, record } = world();
    record(regionRetired('zeeland', '2021-01-01'));
    expect(refusalOf(regionRetired('zeeland', '2022-01-01'))).toMatchObject({
      code: 'ALREADY_RETIRED',
      message: "Region 'zeeland' is retired from 2021-01-01 on. To change the date, correct the retirement.",
    });
  });
});
