import { describe, expect, test } from 'vitest';
import type { EventData } from '../../events/event-types.js';
import type { ProposedEvent } from '../../src/commands/proposed-event.js';
import { milestone, period, published, report } from './proposed-events.js';
import { past } from './past.js';

test('a period is defined once, and its reference date never changes', () => {
  const history = past(period('2020-10', '2020-11-01'));
  expect(history.refusalOf(period('2020-10', '2020-10-31'))).toEqual({
    code: 'ALREADY_DEFINED',
    field: 'key',
    message: "Period '2020-10' is defined already; its reference date 2020-11-01 never changes.",
  });
});

test('what is published is a defined period with its reference date, as often as need be', () => {
  const history = past(period('2020-10', '2020-11-01'));
  expect(history.refusalOf(published('2020-03', '2020-03-31'))).toMatchObject({
    code: 'UNKNOWN_PERIOD',
    field: 'period',
  });
  expect(history.refusalOf(published('2020-10', '2020-10-31'))).toMatchObject({
    code: 'REFERENCE_DATE_DIFFERS',
    message: "The reference date of period '2020-10' is 2020-11-01, not 2020-10-31.",
  });
  history.record(published('2020-10', '2020-11-01'));
  expect(history.refusalOf(published('2020-10', '2020-11-01'))).toBeNull();
});

test('a report is published once, about a period that is defined or about none', () => {
  const history = past(report('annual', null));
  expect(history.refusalOf(report('annual', null))).toMatchObject({ code: 'ALREADY_PUBLISHED', field: 'key' });
  expect(history.refusalOf(report('2021-01', '2020-10'))).toMatchObject({ code: 'UNKNOWN_PERIOD', field: 'period' });
  history.record(period('2020-10', '2020-11-01'));
  expect(history.refusalOf(report('2021-01', '2020-10'))).toBeNull();
});

test('a milestone is dated as exactly as its precision says', () => {
  const refusalOf = (on: string, precision: 'YEAR' | 'SEASON' | 'MONTH' | 'DAY') =>
    past().refusalOf(milestone('programme', { on, precision }));
  expect(refusalOf('2020', 'YEAR')).toBeNull();
  expect(refusalOf('2020-04', 'SEASON')).toBeNull();
  expect(refusalOf('2020-04', 'MONTH')).toBeNull();
  expect(refusalOf('2020-04-01', 'DAY')).toBeNull();
  expect(refusalOf('2020-04', 'DAY')).toMatchObject({
    code: 'PRECISION_DIFFERS',
    message: "A date with precision DAY is written YYYY-MM-DD, not '2020-04'.",
  });
});

test('figures of a publication do not end before they begin', () => {
  const figures = (from: string, until: string): ProposedEvent => ({
    stream: 'publication-all',
    type: 'PublicationFiguresRecorded',
    data: { title: 'All', kind: 'page', figures: [{ metric: 'views', value: 1, from, until, source: 'x' }] },
  });
  expect(past().refusalOf(figures('2020-01-01', '2020-01-01'))).toBeNull();
  expect(past().refusalOf(figures('2020-01-02', '2020-01-01'))?.code).toBe('DATES_INVERTED');
});

describe('the cells of a publication', () => {
  const refusalOf = (...cells: readonly string[]) =>
    past(period('2020-10', '2020-11-01')).refusalOf(published('2020-10', '2020-11-01', ...cells));

  test('are written in their one spelling', () => {
    expect(refusalOf('regions[vision=4|5]@2020-10', 'regions@2020-10')).toBeNull();
    expect(refusalOf('regions[vision=5|4]')).toEqual({
      code: 'MALFORMED_VALUE',
      field: 'cells',
      message: "Cell 'regions[vision=5|4]' is written 'regions[vision=4|5]@2020-10'.",
    });
  });

  test('are cells, and each is counted once', () => {
    expect(refusalOf('regions[vision')?.message).toMatch(/^'regions\[vision' is no cell: Expected/);
    expect(refusalOf('1 + 1')?.message).toBe("'1 + 1' is no cell.");
    expect(refusalOf('regions@2020-10', 'regions@2020-10')?.message).toBe("Cell 'regions@2020-10' is counted twice.");
  });
});

test('the formulas of a report can be read', () => {
  const claim = (formula: string) => ({
    ...report('2021-01', null),
    data: {
      ...(report('2021-01', null).data as EventData['ReportPublished']),
      claims: [
        {
          key: 'C1',
          text: { nl: 'x', en: null },
          claimed: 1,
          qualifier: 'EXACTLY' as const,
          unit: 'regions',
          formula,
          source: 'x',
        },
      ],
    },
  });
  const refusalOf = (formula: string) => past().refusalOf(claim(formula) as ProposedEvent);
  expect(refusalOf('100 * regions[vision=5]@2020-10 / regions@2020-10')).toBeNull();
  expect(refusalOf('100 *')).toMatchObject({ code: 'MALFORMED_VALUE', field: 'formula' });
});
