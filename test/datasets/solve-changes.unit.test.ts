import { expect, test } from 'vitest';
import { solveChanges } from '../../datasets/reconstruction/solve-changes.js';
import { effort, MAX_STEP_COUNT, weigh } from '../../datasets/reconstruction/change-effort.js';
import { levelKeys } from '../../datasets/vocabulary/projects.js';

test('a finished or stopped project goes nowhere, and none goes back to not started', () => {
  for (const from of ['finished-unsuccessful', 'finished-successful', 'stopped']) {
    const open = levelKeys('status').filter((to) => effort('status', from, to) !== null);
    expect(open).toEqual([from]);
  }
  expect(effort('status', 'running', 'not-started')).toBeNull();
  expect(effort('status', null, 'not-started')).toBeNull();
});

test('a participation once known is not lost, and an unknown level rather becomes known than the reverse', () => {
  expect(effort('participation', '4-6', null)).toBeNull();
  expect(effort('participation', null, null)).toEqual({ lost: 0, changes: 0, steps: 0 });
  expect(effort('impact', 'unknown', 'small-great')).toEqual({ lost: 0, changes: 1, steps: 0 });
  expect(effort('impact', 'small-great', 'unknown')).toEqual({ lost: 1, changes: 1, steps: 0 });
});

test('any rise is a smaller step than any fall', () => {
  const steps = (from: string, to: string): number => effort('scalability', from, to)?.steps ?? Infinity;
  expect(steps('not-sensible', 'national')).toBeLessThan(steps('not-yet', 'not-sensible'));
  expect(steps('national', 'not-sensible')).toBeLessThanOrEqual(MAX_STEP_COUNT);
});

test('one change outweighs all steps and one loss all changes that a number of projects can make', () => {
  const total = 318;
  const change = weigh({ lost: 0, changes: 1, steps: 0 }, total);
  expect(change).toBeGreaterThan(total * weigh({ lost: 0, changes: 0, steps: MAX_STEP_COUNT }, total));
  expect(weigh({ lost: 1, changes: 0, steps: 0 }, total)).toBeGreaterThan(
    total * weigh({ lost: 0, changes: 2, steps: MAX_STEP_COUNT }, total),
  );
  expect(Number.isSafeInteger(weigh({ lost: 1, changes: 2, steps: MAX_STEP_COUNT }, total))).toBe(true);
});

test('one long move is preferred to two short ones', () => {
  const counts: Record<string, Record<string, number>> = {
    '2020-03': { 'not-sensible': 1, 'not-yet': 1, 'this-region': 0 },
    '2020-10': { 'not-sensible': 0, 'not-yet': 1, 'this-region': 1 },
  };
  const wanted = (period: string, level: string): number => counts[period]?.[level] ?? 0;
  expect(solveChanges({ scale: 'scalability', wanted, registered: 2, newcomers: 0 }).registered).toEqual([
    { from: 'not-sensible', to: 'this-region', count: 1 },
    { from: 'not-yet', to: 'not-yet', count: 1 },
  ]);
});
