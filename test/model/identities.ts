import { expect } from 'vitest';

/** What a comparison must satisfy whatever it is of, by its own figures alone. */
export interface Balanced {
  readonly rows: readonly {
    readonly level: { readonly key: string };
    readonly before: number;
    readonly after: number;
    readonly change: number;
    readonly movement: number;
    readonly restatement: number;
  }[];
  readonly transitions: readonly {
    readonly from: { readonly key: string } | null;
    readonly to: { readonly key: string } | null;
    readonly count: number;
  }[];
  readonly advanced: number;
  readonly regressed: number;
  readonly lateral: number;
  readonly unchanged: number;
  readonly entered: number;
  readonly left: number;
  readonly movers: { readonly totalCount: number };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function expectBalance(comparison: Balanced): void {
  const { rows, transitions, advanced, regressed, lateral, unchanged, entered, left, movers } = comparison;
  for (const { level, before, after, change, movement, restatement } of rows) {
    expect(change).toBe(after - before);
    expect(change).toBe(movement + restatement);
    const counts = (side: 'from' | 'to') =>
      sum(transitions.filter((each) => each[side]?.key === level.key).map(({ count }) => count));
    expect(counts('from')).toBe(before);
    expect(counts('to')).toBe(after);
  }
  const counted = (which: (transition: Balanced['transitions'][number]) => boolean) =>
    sum(transitions.filter(which).map(({ count }) => count));
  // Whoever is on a side is in one of its rows, so that the margins of transitions and rows are the same.
  expect(counted(({ from }) => from !== null)).toBe(sum(rows.map(({ before }) => before)));
  expect(counted(({ to }) => to !== null)).toBe(sum(rows.map(({ after }) => after)));
  expect(counted(({ from }) => from === null)).toBe(entered);
  expect(counted(({ to }) => to === null)).toBe(left);
  expect(counted(({ from, to }) => from?.key === to?.key)).toBe(unchanged);
  expect(movers.totalCount).toBe(advanced + regressed + lateral + entered + left);
  expect(counted(() => true)).toBe(movers.totalCount + unchanged);
}
