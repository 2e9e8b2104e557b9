import type { Qualifier } from '../../events/reports.js';

/** What the history says of a sentence that states a figure. */
export type ClaimVerdict = 'HOLDS' | 'ROUNDED' | 'CONTRADICTED' | 'NOT_COMPUTABLE';

/** "Nearly" (bijna) may be this much below the figure, as a part of it. */
const NEARLY_FRACTION = 0.05;
/** "Over" (ruim) may be this much above the figure, as a part of it. */
const OVER_FRACTION = 0.1;

/** One unit in the last digit that the sentence gives: 1 for 95, 0.1 for 95.3. */
function lastDigit(claimed: number): number {
  const [digits = '', exponent = '0'] = String(claimed).split('e');
  return 10 ** (Number(exponent) - (digits.split('.')[1]?.length ?? 0));
}

/**
 * HOLDS: the sentence is true as it is qualified: exactly the figure, less but nearly it, or more but just over it.
 * ROUNDED: the figure is off by less than one unit of its last digit.
 * CONTRADICTED: neither.
 */
export function claimVerdict(claimed: number, qualifier: Qualifier, computed: number | null): ClaimVerdict {
  if (computed === null) return 'NOT_COMPUTABLE';
  if (computed === claimed) return 'HOLDS';
  if (qualifier === 'NEARLY' && computed < claimed && computed >= claimed * (1 - NEARLY_FRACTION)) return 'HOLDS';
  if (qualifier === 'OVER' && computed > claimed && computed <= claimed * (1 + OVER_FRACTION)) return 'HOLDS';
  return Math.abs(computed - claimed) < lastDigit(claimed) ? 'ROUNDED' : 'CONTRADICTED';
}
