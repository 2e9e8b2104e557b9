import type { PrintedCell } from '../../events/reports.js';
import type { Figures } from './figures.js';
import { rounded } from './rounding.js';

/** How a printed figure relates to the history: the first of these that applies. */
export type CellVerdict = 'NOT_COMPUTABLE' | 'PROJECTION_DRIFT' | 'MISPRINT' | 'RESTATED' | 'MATCH';

export interface ReconciledCell {
  readonly printed: PrintedCell;
  /** In the precision printed, as is `difference`. */
  readonly rebuilt: number | null;
  readonly rebuiltThen: number | null;
  readonly knownNow: number | null;
  /** rebuilt − published. */
  readonly difference: number | null;
  readonly agrees: boolean;
  readonly verdict: CellVerdict;
  readonly problem: string | null;
  readonly figures: Figures;
}

/** Holds a printed figure against the history: as rebuilt when it was published, by today's program, and as known now. */
export function reconcile(printed: PrintedCell, figures: Figures): ReconciledCell {
  const { published, decimals } = printed;
  const inPrint = (value: number | null): number | null => (value === null ? null : rounded(value, decimals));
  const rebuilt = inPrint(figures.rebuilt);
  return {
    printed,
    rebuilt,
    rebuiltThen: inPrint(figures.rebuiltThen),
    knownNow: inPrint(figures.knownNow),
    difference: rebuilt === null ? null : rounded(rebuilt - published, decimals),
    agrees: rebuilt === published,
    verdict: verdictOf(figures, published, inPrint),
    problem: figures.problem,
    figures,
  };
}

function verdictOf(
  { rebuiltThen, rebuilt, knownNow }: Figures,
  published: number,
  inPrint: (value: number | null) => number | null,
): CellVerdict {
  if (rebuilt === null) return 'NOT_COMPUTABLE';
  if (rebuiltThen !== null && rebuiltThen !== rebuilt) return 'PROJECTION_DRIFT';
  if (inPrint(rebuilt) !== published) return 'MISPRINT';
  // A percentage that later events changed by less than is printed reads the same: nothing was restated.
  return inPrint(knownNow) === published ? 'MATCH' : 'RESTATED';
}
