import { describe, expect, test } from 'vitest';
import { organisation, project, region, regionNamed, regionRetired, scale, stated } from './proposed-events.js';
import { past, type Past } from './past.js';

const world = (): Past =>
  past(
    scale('vision', ['1', '2', '3']),
    scale('colour', ['red', 'blue'], { kind: 'NOMINAL' }),
    scale('rubric', ['a', 'b'], { subjectKind: 'PROJECT', kind: 'NOMINAL' }),
    organisation('cz'),
    organisation('dsw'),
    region('zeeland', '2019-01-01'),
    region('drenthe', '2019-01-01'),
    project('P-001', '2019-01-01'),
  );

const zeeland = 'region-zeeland';
const on = '2020-01-01';

describe('the scale of a status', () => {
  test('is defined', () => {
    expect(world().refusalOf(stated(zeeland, 'visions', '1', on))).toMatchObject({
      code: 'UNKNOWN_SCALE',
      field: 'scale',
    });
  });

  test('is for the kind of its subject', () => {
    expect(world().refusalOf(stated(zeeland, 'rubric', 'a', on))).toMatchObject({
      code: 'SCALE_DOES_NOT_FIT',
      message: "Scale 'rubric' is for projects, so it says nothing of Region 'zeeland'.",
    });
    expect(world().refusalOf(stated('project-P-001', 'rubric', 'a', on))).toBeNull();
  });

  test('is parent for regions, regions for projects, and care-office for both', () => {
    expect(world().refusalOf(stated('project-P-001', 'parent', 'drenthe', on))?.code).toBe('SCALE_DOES_NOT_FIT');
    expect(world().refusalOf(stated(zeeland, 'regions', 'drenthe', on))?.code).toBe('SCALE_DOES_NOT_FIT');
    expect(world().refusalOf(stated(zeeland, 'care-office', 'cz', on))).toBeNull();
    expect(world().refusalOf(stated('project-P-001', 'care-office', 'cz', on))).toBeNull();
  });

  test('is not existence or name: other events state those', () => {
    expect(world().refusalOf(stated(zeeland, 'existence', 'registered', on))).toMatchObject({
      code: 'RESERVED_SCALE',
      message: "Scale 'existence' is stated by registering or retiring the subject, not by a status.",
    });
    expect(world().refusalOf(stated(zeeland, 'name', 'Zeeland', on))).toMatchObject({
      code: 'RESERVED_SCALE',
      message: "Scale 'name' is stated by naming the subject, not by a status.",
    });
  });
});

describe('the level of a status', () => {
  test('is one of its scale', () => {
    expect(world().refusalOf(stated(zeeland, 'vision', '4', on))).toEqual({
      code: 'UNKNOWN_LEVEL',
      field: 'level',
      message: "Scale 'vision' has no level '4'. Its levels are 1, 2, 3.",
    });
  });

  test('on care-office is a registered organisation', () => {
    expect(world().refusalOf(stated(zeeland, 'care-office', 'vgz', on))?.code).toBe('UNKNOWN_ORGANISATION');
  });

  test('on care-office is one of its levels too, where the scale is defined', () => {
    const history = world();
    history.record(scale('care-office', ['cz', 'vgz'], { subjectKind: 'PROJECT', kind: 'NOMINAL' }));
    expect(history.refusalOf(stated(zeeland, 'care-office', 'cz', on))).toBeNull();
    expect(history.refusalOf(stated(zeeland, 'care-office', 'dsw', on))?.code).toBe('UNKNOWN_LEVEL');
    expect(history.refusalOf(stated(zeeland, 'care-office', 'vgz', on))?.code).toBe('UNKNOWN_ORGANISATION');
  });

  test('on parent is a registered region', () => {
    expect(world().refusalOf(stated(zeeland, 'parent', 'holland', on))?.code).toBe('UNKNOWN_REGION');
    expect(world().refusalOf(stated(zeeland, 'parent', 'P-001', on))?.code).toBe('UNKNOWN_REGION');
    expect(world().refusalOf(stated(zeeland, 'parent', 'drenthe', on))).toBeNull();
  });

  test('on regions is a list of registered regions, once each and in alphabetical order', () => {
    const refusalOf = (level: string) => world().refusalOf(stated('project-P-001', 'regions', level, on));
    expect(refusalOf('drenthe,zeeland')).toBeNull();
    expect(refusalOf('zeeland,drenthe')).toEqual({
      code: 'MALFORMED_VALUE',
      field: 'level',
      message: "Regions are written once each and in alphabetical order: 'drenthe,zeeland', not 'zeeland,drenthe'.",
    });
    expect(refusalOf('drenthe,drenthe')?.code).toBe('MALFORMED_VALUE');
    expect(refusalOf('drenthe,holland')).toMatchObject({
      code: 'UNKNOWN_REGION',
      message: "No region 'holland' is registered.",
    });
    expect(refusalOf(',drenthe')?.code).toBe('UNKNOWN_REGION');
  });
});

describe('the date of a statement', () => {
  test('lies in the lifetime that is known', () => {
    const history = world();
    expect(history.refusalOf(stated(zeeland, 'vision', '1', '2018-12-31'))).toEqual({
      code: 'OUTSIDE_LIFETIME',
      field: 'effectiveOn',
      message: "Region 'zeeland' exists from 2019-01-01; a statement from 2018-12-31 lies outside.",
    });
    expect(history.refusalOf(stated(zeeland, 'vision', '1', '2019-01-01'))).toBeNull();
    history.record(regionRetired('zeeland', '2021-01-01'));
    expect(history.refusalOf(stated(zeeland, 'vision', '1', '2020-12-31'))).toBeNull();
    expect(history.refusalOf(stated(zeeland, 'vision', '1', '2021-01-01'))?.message).toBe(
      "Region 'zeeland' exists from 2019-01-01 until 2021-01-01, when it no longer does; " +
        'a statement from 2021-01-01 lies outside.',
    );
  });

  test('binds names too', () => {
    expect(world().refusalOf(regionNamed('zeeland', 'Zeeland', '2018-12-31'))?.code).toBe('OUTSIDE_LIFETIME');
    expect(world().refusalOf(regionNamed('zeeland', 'Zeeland', '2019-01-01'))).toBeNull();
  });
});

describe('a fall on an ordinal scale', () => {
  const fallen = (): Past => {
    const history = world();
    history.record(stated(zeeland, 'vision', '2', '2019-06-01'));
    history.record(stated(zeeland, 'vision', '3', '2020-06-01'));
    return history;
  };

  test('needs a reason', () => {
    const history = fallen();
    expect(history.refusalOf(stated(zeeland, 'vision', '2', '2021-01-01'))).toEqual({
      code: 'REASON_REQUIRED',
      field: 'reason',
      message:
        "Region 'zeeland' has level '3' on scale 'vision' from 2020-06-01 on; a fall to '2' on 2021-01-01 needs a reason.",
    });
    expect(history.refusalOf(stated(zeeland, 'vision', '2', '2021-01-01', { reason: 'A crisis.' }))).toBeNull();
  });

  test('is judged by what precedes it on its own date, however late it is told', () => {
    expect(fallen().refusalOf(stated(zeeland, 'vision', '2', '2020-01-01'))).toBeNull();
    expect(fallen().refusalOf(stated(zeeland, 'vision', '1', '2020-01-01'))?.code).toBe('REASON_REQUIRED');
    expect(fallen().refusalOf(stated(zeeland, 'vision', '1', '2019-03-01'))).toBeNull();
  });

  test('is not from a statement of the same date, which it outranks', () => {
    expect(fallen().refusalOf(stated(zeeland, 'vision', '2', '2020-06-01'))).toBeNull();
    expect(fallen().refusalOf(stated(zeeland, 'vision', '1', '2020-06-01'))?.code).toBe('REASON_REQUIRED');
  });

  test('does not exist on a nominal scale', () => {
    const history = world();
    history.record(stated(zeeland, 'colour', 'blue', '2019-06-01'));
    expect(history.refusalOf(stated(zeeland, 'colour', 'red', '2020-06-01'))).toBeNull();
  });
});
