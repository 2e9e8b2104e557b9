import type { TestApi } from '../support/test-api.js';

/** A moment as a variable of a request. */
export interface MomentAsked {
  readonly period?: string;
  readonly asPublished?: boolean;
  readonly asOf?: string;
  readonly position?: string;
}

export interface Axis {
  readonly scale?: string;
  readonly moments?: readonly MomentAsked[];
}

export interface TableAsked {
  readonly subjects: 'REGION' | 'PROJECT';
  readonly rows: Axis;
  readonly columns: Axis;
  readonly at?: MomentAsked;
  readonly filter?: { readonly where: readonly { readonly scale: string; readonly in: readonly string[] }[] };
}

export interface TableAnswered {
  readonly rows: readonly { readonly key: string; readonly label: string }[];
  readonly columns: readonly { readonly key: string; readonly label: string }[];
  readonly cells: readonly (readonly { readonly count: number; readonly share: number | null }[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
  readonly unassessed: readonly number[];
  readonly unplaced: number;
  readonly inScope: readonly number[];
}

const crossTabDocument = `
  query ($subjects: SubjectKind!, $rows: Axis!, $columns: Axis!, $at: At, $filter: SubjectFilter) {
    crossTab(subjects: $subjects, rows: $rows, columns: $columns, at: $at, filter: $filter) {
      rows { key label } columns { key label } cells { count share }
      rowTotals columnTotals total unassessed unplaced inScope
    }
  }`;

export const crossTab = async (api: TestApi, asked: TableAsked): Promise<TableAnswered> =>
  (await api.ask<{ crossTab: TableAnswered }>(crossTabDocument, { ...asked })).crossTab;

/** The counts of the rows with these labels, in this order; rows that are not printed must be empty. */
export function countsByLabel(table: TableAnswered, labels: readonly string[]): number[][] {
  const notPrinted = table.rows.flatMap(({ label }, row) =>
    labels.includes(label) ? [] : (table.cells[row] ?? []).filter(({ count }) => count > 0),
  );
  if (notPrinted.length > 0) throw new Error('A row that is not printed counts subjects.');
  return labels.map((label) => {
    const row = table.rows.findIndex((each) => each.label === label);
    if (row < 0) throw new Error(`The table has no row '${label}'.`);
    return (table.cells[row] ?? []).map(({ count }) => count);
  });
}

export interface CellAnswered {
  readonly block: string | null;
  readonly row: string;
  readonly column: string;
  readonly published: number;
  readonly decimals: number;
  readonly formula: string | null;
  readonly rebuilt: number | null;
  readonly rebuiltThen: number | null;
  readonly knownNow: number | null;
  readonly difference: number | null;
  readonly agrees: boolean;
  readonly verdict: string;
  readonly problem: string | null;
  readonly restatedBy: readonly { readonly position: string }[];
}

export interface PrintedTableAnswered {
  readonly number: number;
  readonly title: string;
  readonly agrees: boolean;
  readonly notes: readonly string[];
  readonly cells: readonly CellAnswered[];
}

export interface ClaimAnswered {
  readonly key: string;
  readonly text: string;
  readonly claimed: number;
  readonly computed: number | null;
  readonly knownNow: number | null;
  readonly qualifier: string;
  readonly verdict: string;
  readonly formula: string;
  readonly unit: string;
  readonly source: string;
  readonly problem: string | null;
}

export interface ReportAnswered {
  readonly key: string;
  readonly title: string;
  readonly publisher: string;
  readonly publishedOn: string;
  readonly period: { readonly key: string } | null;
  readonly tables: readonly PrintedTableAnswered[];
  readonly claims: readonly ClaimAnswered[];
}

const reportDocument = `
  query ($key: ID!) {
    report(key: $key) {
      key title publisher publishedOn period { key }
      tables {
        number title agrees notes(language: EN)
        cells {
          block row column published decimals formula rebuilt rebuiltThen knownNow difference agrees verdict problem
          restatedBy { position }
        }
      }
      claims { key text(language: EN) claimed computed knownNow qualifier verdict formula unit source problem }
    }
  }`;

export const report = async (api: TestApi, key = '2021-01'): Promise<ReportAnswered> =>
  (await api.ask<{ report: ReportAnswered }>(reportDocument, { key })).report;

/** A cell by its place. Its table must have it once. */
export function cellOf(
  { tables }: ReportAnswered,
  number: number,
  row: string,
  column: string,
  block: string | null = null,
): CellAnswered {
  const cells = tables
    .filter((table) => table.number === number)
    .flatMap((table) => table.cells)
    .filter((cell) => cell.row === row && cell.column === column && cell.block === block);
  const [cell] = cells;
  if (!cell || cells.length > 1) throw new Error(`Table ${number} has ${cells.length} cells '${row}', '${column}'.`);
  return cell;
}

/** Every cell of a report with the number of its table. */
export const allCells = ({ tables }: ReportAnswered): (CellAnswered & { readonly table: number })[] =>
  tables.flatMap(({ number, cells }) => cells.map((cell) => ({ ...cell, table: number })));
