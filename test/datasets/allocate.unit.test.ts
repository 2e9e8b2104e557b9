import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '../../datasets/reconstruction/allocate.js';
import { pseudoRandom } from '../../datasets/reconstruction/pseudo-random.js';

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const rowSums = (cells: number[][]): number[] => cells.map(sum);
const columnSums = (cells: number[][]): number[] =>
  (cells[0] ?? []).map((_, column) => sum(cells.map((row) => row[column] ?? 0)));
const margins = (counts: number[]): { wanted: number }[] => counts.map((wanted) => ({ wanted }));

const cell = fc.record({ count: fc.nat(6), cost: fc.nat(9), open: fc.boolean() });
const table = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

test('margins that some table has are met exactly, at no more than that table costs', () => {
  fc.assert(
    fc.property(table, (hidden) => {
      const truth = hidden.map((row) => row.map(({ count, open }) => (open ? count : 0)));
      const cost = (row: number, column: number): number | null => {
        const { open, cost: each } = hidden[row]?.[column] ?? { open: false, cost: 0 };
        return open ? each : null;
      };
      const total = sum(rowSums(truth));
      const question = { rows: margins(rowSums(truth)), columns: margins(columnSums(truth)), cost, total };
      const cells = allocate(question);
      const price = (each: number[][]): number =>
        sum(each.flatMap((row, at) => row.map((count, column) => count * (cost(at, column) ?? 0))));
      expect(rowSums(cells)).toEqual(rowSums(truth));
      expect(columnSums(cells)).toEqual(columnSums(truth));
      expect(cells.every((row, at) => row.every((count, column) => count === 0 || cost(at, column) !== null))).toBe(
        true,
      );
      expect(price(cells)).toBeLessThanOrEqual(price(truth));
      expect(allocate(question)).toEqual(cells);
    }),
  );
});

test('of two by two arrangements the cheapest is found', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }), fc.nat(8), fc.nat(8), (costs, first, left) => {
      const price = (a: number): number =>
        a * (costs[0] ?? 0) +
        (first - a) * (costs[1] ?? 0) +
        (left - a) * (costs[2] ?? 0) +
        (16 - first - left + a) * (costs[3] ?? 0);
      const candidates = Array.from({ length: Math.min(first, left) + 1 }, (_, a) => price(a));
      const cells = allocate({
        rows: margins([first, 16 - first]),
        columns: margins([left, 16 - left]),
        cost: (row, column) => costs[2 * row + column] ?? 0,
        total: 16,
      });
      expect(price(cells[0]?.[0] ?? -1)).toBe(Math.min(...candidates));
    }),
  );
});

test('margins that contradict each other are missed by as little as possible, and every unit is placed', () => {
  const cells = allocate({ rows: margins([3, 2]), columns: margins([1, 1]), cost: () => 0, total: 5 });
  expect(rowSums(cells)).toEqual([3, 2]);
  expect(sum(columnSums(cells))).toBe(5);
});

test('a bound is never exceeded, and fixed units are placed whatever the margins say', () => {
  const cells = allocate({
    fixed: [{ row: 1, count: 2 }],
    rows: [{ wanted: 9, most: 3 }, { wanted: 0, most: 0 }, { wanted: 0 }],
    columns: margins([0, 6]),
    cost: (row, column) => (row === 1 && column === 1 ? null : 0),
    total: 6,
  });
  expect(rowSums(cells)).toEqual([3, 2, 1]);
  expect(cells[1]).toEqual([2, 0]);
});

test('noise depends on its text alone and spreads evenly', () => {
  const drawn = Array.from({ length: 10_000 }, (_, at) => pseudoRandom(`P-${at}|impact`, 10));
  expect(pseudoRandom('P-001|impact', 1000)).toBe(pseudoRandom('P-001|impact', 1000));
  for (let value = 0; value < 10; value += 1) {
    const times = drawn.filter((each) => each === value).length;
    expect(times).toBeGreaterThan(850);
    expect(times).toBeLessThan(1150);
  }
});
