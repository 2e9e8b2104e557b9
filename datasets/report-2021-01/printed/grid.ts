import { writeCell, type CellCondition } from '../../../events/formula/cell-reference.js';
import type { SubjectKind } from '../../../events/primitives.js';
import type { PrintedCell } from '../../../events/reports.js';
import type { PeriodId } from '../periods.js';

/** A row of a printed table: its heading, and the conditions on the subjects that it counts. */
export interface Row {
  readonly label: string;
  readonly conditions: readonly CellCondition[];
}

/** A column of a printed table; its conditions come on top of those of the row. */
export interface Column extends Row {
  readonly period: PeriodId;
  /** For a column of percentages: the row that stands for 100 %, and the number of printed decimals. */
  readonly percentOf?: { readonly whole: Row; readonly decimals: number };
}

export interface Grid {
  /** The heading above the rows, where the table has several groups of them. */
  readonly block: string | null;
  readonly subjects: SubjectKind;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** The figures as printed, by row and then by column. */
  readonly figures: readonly (readonly number[])[];
}

/** How the report heads its totals. */
export const TOTAL = 'Totaal';

export const at = (scale: string, ...levels: string[]): CellCondition => ({ scale, levels });

/** Any level on the scale: the condition of a total. */
export const onAny = (scale: string): CellCondition => ({ scale, levels: null });

function formulaOf(subjects: SubjectKind, row: Row, column: Column): string {
  const { period, conditions, percentOf } = column;
  const count = (counted: Row): string =>
    writeCell({ subjects, conditions: [...counted.conditions, ...conditions], period }, period);
  return percentOf ? `100 * ${count(row)} / ${count(percentOf.whole)}` : count(row);
}

/** The cells of a table as printed, row by row, each with the formula that it follows from. */
export const cellsOfGrid = ({ block, subjects, rows, columns, figures }: Grid): PrintedCell[] =>
  rows.flatMap((row, r) =>
    columns.map((column, c): PrintedCell => {
      const published = figures[r]?.[c];
      if (published === undefined) throw new Error(`Nothing is printed in row ${row.label}, column ${column.label}.`);
      return {
        block,
        row: row.label,
        column: column.label,
        published,
        decimals: column.percentOf?.decimals ?? 0,
        formula: formulaOf(subjects, row, column),
      };
    }),
  );
