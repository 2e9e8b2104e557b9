import { describe, expect, it } from 'vitest';
import { claimVerdict } from '../../projections/reports/claim-verdict.js';

describe('a claim', () => {
  it('cannot be judged without a figure', () => {
    expect(claimVerdict(34, 'EXACTLY', null)).toBe('NOT_COMPUTABLE');
  });

  it.each(['EXACTLY', 'ABOUT', 'NEARLY', 'OVER'] as const)(
    'that is %s the figure holds when it is the figure',
    (how) => {
      expect(claimVerdict(34, how, 34)).toBe('HOLDS');
    },
  );

  it('of nearly a figure holds up to five per cent below it, and never above it', () => {
    expect(claimVerdict(100, 'NEARLY', 95)).toBe('HOLDS');
    expect(claimVerdict(100, 'NEARLY', 94.99)).toBe('CONTRADICTED');
    expect(claimVerdict(100, 'NEARLY', 101)).toBe('CONTRADICTED');
    expect(claimVerdict(90, 'NEARLY', 86)).toBe('HOLDS');
    expect(claimVerdict(90, 'NEARLY', 85)).toBe('CONTRADICTED');
  });

  it('of over a figure holds up to ten per cent above it, and never below it', () => {
    expect(claimVerdict(100, 'OVER', 110)).toBe('HOLDS');
    expect(claimVerdict(100, 'OVER', 110.01)).toBe('CONTRADICTED');
    expect(claimVerdict(100, 'OVER', 99)).toBe('CONTRADICTED');
    expect(claimVerdict(17, 'OVER', 18)).toBe('HOLDS');
  });

  it.each(['EXACTLY', 'ABOUT', 'NEARLY', 'OVER'] as const)(
    'that is %s a figure is rounded when it is off by less than its last digit',
    (how) => {
      // On the side on which the qualifier itself does not let it hold.
      const [slightly, just] = how === 'OVER' ? [-0.5, -1] : [0.5, 1];
      expect(claimVerdict(71, how, 71 + slightly)).toBe('ROUNDED');
      expect(claimVerdict(71, how, 71 + just)).toBe('CONTRADICTED');
    },
  );

  it('is held to as many digits as it gives', () => {
    expect(claimVerdict(70.5, 'ABOUT', 70.588)).toBe('ROUNDED');
    expect(claimVerdict(70.5, 'ABOUT', 70.61)).toBe('CONTRADICTED');
    expect(claimVerdict(70.55, 'ABOUT', 70.588)).toBe('CONTRADICTED');
  });
});
