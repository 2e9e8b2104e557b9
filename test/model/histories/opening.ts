import * as fc from 'fast-check';

/** What a history begins with: enough to have something to make statements about. */
export interface Opening {
  readonly regions: readonly { readonly parent: number | null; readonly date: number; readonly named: boolean }[];
  readonly projects: number;
  /** Whether scale `care-office` is defined, for projects, so that its values have an order in tables. */
  readonly careOfficeScale: boolean;
  /** Whether the second region scale is defined from the beginning, or perhaps later. */
  readonly secondScale: boolean;
  /** Whether every event is an append of its own, all recorded at one instant, or all are one append. */
  readonly apart: boolean;
}

export const opening: fc.Arbitrary<Opening> = fc.record({
  regions: fc.array(
    fc.record({
      parent: fc.option(fc.nat(3), { freq: 2 }),
      date: fc.nat(2),
      named: fc.boolean(),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  projects: fc.integer({ min: 1, max: 2 }),
  careOfficeScale: fc.boolean(),
  secondScale: fc.boolean(),
  apart: fc.boolean(),
});
