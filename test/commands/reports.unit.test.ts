import { describe, expect, test } from 'vitest';
import type { EventData } from '../../events/event-types.js';
import type { PrintedCell, PrintedTable } from '../../events/reports.js';
import { report } from './proposed-events.js';
import { past } from './past.js';

const cell = (more: Partial<PrintedCell> = {}): PrintedCell => ({
  block: null,
  row: 'Lopend',
  column: 'okt-20',
  published: 244,
  decimals: 0,
  formula: null,
  ...more,
});

const table = (number: number, ...cells: readonly PrintedCell[]): PrintedTable => ({
  number,
  title: 'Projectstatus',
  notes: [],
  cells: [...cells],
});

const refusalOf = (data: Partial<EventData['ReportPublished']>) => {
  const proposed = report('annual', null);
  if (proposed.type !== 'ReportPublished') throw new Error('Not a report.');
  return past().refusalOf({ ...proposed, data: { ...proposed.data, ...data } });
};

describe('a report', () => {
  test('has one table of each number', () => {
    expect(refusalOf({ tables: [table(1, cell()), table(2, cell())] })).toBeNull();
    expect(refusalOf({ tables: [table(1, cell()), table(1, cell())] })).toEqual({
      code: 'STATED_TWICE',
      field: 'tables',
      message: "Table 1 stands in the report twice; a number is one table's.",
    });
  });

  test('has one figure in each place of a table', () => {
    const others = [cell({ row: 'Totaal' }), cell({ column: 'mrt-20' }), cell({ block: 'Impact' })];
    expect(refusalOf({ tables: [table(6, cell(), ...others)] })).toBeNull();
    expect(refusalOf({ tables: [table(6, cell(), cell({ published: 3 }))] })?.message).toBe(
      "Table 6 has two figures in row 'Lopend', column 'okt-20'.",
    );
    expect(refusalOf({ tables: [table(6, ...others, cell({ block: 'Impact' }))] })?.message).toBe(
      "Table 6 has two figures in row 'Lopend', column 'okt-20' under 'Impact'.",
    );
  });

  test('has one claim of each key', () => {
    const claim = {
      key: 'C1',
      text: { nl: 'Een zin.', en: null },
      claimed: 1,
      qualifier: 'ABOUT',
      unit: 'percent',
      formula: null,
      source: 'page 1',
    } as const;
    expect(refusalOf({ claims: [claim, { ...claim, key: 'C2' }] })).toBeNull();
    expect(refusalOf({ claims: [claim, claim] })).toEqual({
      code: 'STATED_TWICE',
      field: 'claims',
      message: "Claim 'C1' stands in the report twice; a key is one claim's.",
    });
  });

  test.each([
    [0.1, 1],
    [8, 1],
    [33.33, 2],
    [-0.29, 2],
    [1.005, 3],
    [123456789.123456, 6],
  ])('may print %d with %d decimals', (published, decimals) => {
    expect(refusalOf({ tables: [table(7, cell({ published, decimals }))] })).toBeNull();
  });

  test.each([
    [76.7, 0],
    [8.04, 1],
    [1.005, 2],
  ])('may not print %d with %d decimals', (published, decimals) => {
    expect(refusalOf({ tables: [table(7, cell({ published, decimals }))] })).toEqual({
      code: 'PRECISION_DIFFERS',
      field: 'tables',
      message:
        `Table 7 has ${published} in row 'Lopend', column 'okt-20', ` +
        `which is more digits than its decimals, ${decimals}, allow.`,
    });
  });
});
