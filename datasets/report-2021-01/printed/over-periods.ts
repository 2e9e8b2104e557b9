import type { CellCondition } from '../../../events/formula/cell-reference.js';
import type { SubjectKind } from '../../../events/primitives.js';
import type { PrintedCell } from '../../../events/reports.js';
import { columnHead, type PeriodId } from '../periods.js';
import { at, cellsOfGrid, onAny, TOTAL } from './grid.js';

/** A printed table, or a group of rows of one, that shows the levels of one scale over several periods. */
export interface OverPeriods {
  readonly block: string | null;
  readonly subjects: SubjectKind;
  readonly scale: string;
  /** Conditions on all cells of the table. */
  readonly within: readonly CellCondition[];
  readonly periods: readonly PeriodId[];
  readonly rows: readonly { readonly label: string; readonly level: string; readonly counts: readonly number[] }[];
  readonly totals: readonly number[];
}

export function cellsOverPeriods({
  block,
  subjects,
  scale,
  within,
  periods,
  rows,
  totals,
}: OverPeriods): PrintedCell[] {
  return cellsOfGrid({
    block,
    subjects,
    rows: [
      ...rows.map(({ label, level }) => ({ label, conditions: [...within, at(scale, level)] })),
      { label: TOTAL, conditions: [...within, onAny(scale)] },
    ],
    columns: periods.map((period) => ({ label: columnHead(period), conditions: [], period })),
    figures: [...rows.map(({ counts }) => counts), totals],
  });
}
