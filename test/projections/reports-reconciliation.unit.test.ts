import { describe, expect, it } from 'vitest';
import type { Figures } from '../../projections/reports/figures.js';
import { reconcile } from '../../projections/reports/reconciliation.js';

const printed = { block: null, row: 'Lopend', column: 'okt-20', published: 244, decimals: 0, formula: 'projects' };

const figures = (changed: Partial<Figures> = {}): Figures => ({
  rebuiltThen: 244,
  rebuilt: 244,
  knownNow: 244,
  problem: null,
  cells: [],
  counted: [],
  basis: () => [],
  ...changed,
});

describe('a printed figure', () => {
  it('matches when it was, is and would be rebuilt as printed', () => {
    expect(reconcile(printed, figures())).toMatchObject({ verdict: 'MATCH', agrees: true, difference: 0 });
  });

  it('is restated when only what is known now differs', () => {
    const restated = reconcile(printed, figures({ knownNow: 243 }));
    expect(restated).toMatchObject({ verdict: 'RESTATED', agrees: true, difference: 0, knownNow: 243 });
  });

  it('is restated too when by now it cannot be computed', () => {
    expect(reconcile(printed, figures({ knownNow: null })).verdict).toBe('RESTATED');
  });

  it('is a misprint when it was never rebuilt as printed, whatever is known now', () => {
    const never = figures({ rebuiltThen: 245, rebuilt: 245, knownNow: 244 });
    expect(reconcile(printed, never)).toMatchObject({ verdict: 'MISPRINT', agrees: false, difference: 1 });
  });

  it('shows drift when today’s program rebuilds another figure than was kept, even the printed one', () => {
    expect(reconcile(printed, figures({ rebuiltThen: 243 })).verdict).toBe('PROJECTION_DRIFT');
    expect(reconcile(printed, figures({ rebuilt: 243, knownNow: 243 })).verdict).toBe('PROJECTION_DRIFT');
  });

  it('is judged without what was rebuilt then where that was not kept', () => {
    expect(reconcile(printed, figures({ rebuiltThen: null }))).toMatchObject({ verdict: 'MATCH', rebuiltThen: null });
  });

  it('is not computable without a figure, and says why', () => {
    const nothing = { rebuilt: null, rebuiltThen: null, knownNow: null, problem: 'It divides by zero.' };
    expect(reconcile(printed, figures(nothing))).toMatchObject({
      verdict: 'NOT_COMPUTABLE',
      agrees: false,
      difference: null,
      problem: 'It divides by zero.',
    });
  });
});

describe('a printed percentage', () => {
  const percentage = { ...printed, published: 8, decimals: 1 };
  const share = (100 * 9) / 113;
  const figuresOf = (changed: Partial<Figures> = {}) =>
    figures({ rebuiltThen: share, rebuilt: share, knownNow: share, ...changed });

  it('is compared and shown in the digits that it is printed in', () => {
    expect(reconcile(percentage, figuresOf())).toMatchObject({
      verdict: 'MATCH',
      rebuiltThen: 8,
      rebuilt: 8,
      knownNow: 8,
      difference: 0,
    });
    expect(reconcile({ ...percentage, decimals: 2 }, figuresOf())).toMatchObject({
      verdict: 'MISPRINT',
      rebuilt: 7.96,
      difference: -0.04,
    });
  });

  it('is not restated by news that does not show in print', () => {
    expect(reconcile(percentage, figuresOf({ knownNow: (100 * 9) / 112 })).verdict).toBe('MATCH');
    expect(reconcile(percentage, figuresOf({ knownNow: (100 * 9) / 111 })).verdict).toBe('RESTATED');
  });

  it('shows drift of the counts behind it, also where print hides it', () => {
    expect(reconcile(percentage, figuresOf({ rebuiltThen: (100 * 9) / 112 })).verdict).toBe('PROJECTION_DRIFT');
  });
});
