import type { CellReference } from '../../events/formula/cell-reference.js';
import { readFormula } from '../../events/formula/read.js';
import { newCellCounter } from '../../projections/formulas/cell-counter.js';
import type { ReadDatabase } from '../../projections/read-database.js';
import { reportFigures, type ReportFigures } from '../../projections/reports/figures.js';
import { reportsAt, type PrintedReport } from '../../projections/reports/queries.js';
import { reconcile } from '../../projections/reports/reconciliation.js';
import { countBases, type BasisCountView } from '../../projections/tabulation/basis.js';
import { writeCsv } from '../exports/formats/csv.js';
import { note, type Sheet, type SheetCell, type SheetNote } from '../exports/sheet.js';
import type { Publication } from './publications.js';

/** A file of the pack with one table: docs/evidence-pack.md. */
export interface PackTable {
  readonly name: string;
  readonly content: Buffer;
}

const BASES = ['OBSERVED', 'PUBLISHED', 'RECONSTRUCTED'] as const;
const BASIS_HEADINGS = BASES.map((basis) => basis.toLowerCase());
const NOT_COUNTED = BASES.map(() => null);

const basisColumns = (counts: readonly BasisCountView[]): number[] =>
  BASES.map((basis) => counts.find((each) => each.basis === basis)?.count ?? 0);

async function table(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly SheetCell[])[],
  notes: readonly SheetNote[],
): Promise<PackTable> {
  const columns = headings.map((heading) => ({ heading }));
  const sheet: Sheet = { title: name, columns, rows, notes, pages: { table: 'table', notes: 'notes' } };
  return { name: `tables/${name}.csv`, content: await writeCsv(sheet) };
}

/** The cells of a publication, each with its count at the position of the publication and the counts by basis. */
export async function periodTable(db: ReadDatabase, publication: Publication): Promise<PackTable> {
  const { data, position, recordedAt, id } = publication;
  const cells = data.cells.map(({ cell: written }) => ({ written, cell: cellOf(written) }));
  const counter = await newCellCounter(
    db,
    cells.flatMap(({ cell }) => cell ?? []),
    data.period,
    position,
  );
  const rows = cells.map(({ written, cell }) => {
    const counted = cell && counter.count(cell);
    return cell && counted && 'value' in counted
      ? [written, counted.value, ...basisColumns(countBases([...counter.grounds(cell).values()]))]
      : [written, null, ...NOT_COUNTED];
  });
  return table(`period-${data.period}`, ['cell', 'count', ...BASIS_HEADINGS], rows, [
    note('period', data.period),
    note('asOf', data.referenceDate),
    note('position', position),
    note('recordedAt', recordedAt),
    note('event', id),
  ]);
}

/** Parses a cell in the notation of publications; null for any other text. */
function cellOf(text: string): CellReference | null {
  const read = readFormula(text);
  return 'formula' in read && read.formula.kind === 'CELL' ? read.formula.cell : null;
}

/**
 * The printed tables of the reports on one period, or of all reports. Beside each printed figure stands the figure that follows
 * from the history at the publication of its period, or at the end of the pack when the period is not published.
 */
export async function reportTables(db: ReadDatabase, period: string | null, size: number): Promise<PackTable[]> {
  const tables: PackTable[] = [];
  for (const report of await reportsAt(db, size)) {
    if (period !== null && report.period !== period) continue;
    const figures = await reportFigures(db, report, size);
    for (const printed of report.tables) tables.push(await reportTable(report, printed, figures));
  }
  return tables;
}

const REPORT_HEADINGS = ['block', 'row', 'column', 'printed', 'decimals', 'formula', 'rebuilt', 'agrees'];

function reportTable(
  report: PrintedReport,
  { number, title, cells }: PrintedReport['tables'][number],
  figures: ReportFigures,
): Promise<PackTable> {
  const rows = cells.map((printed) => {
    const { block, row, column, published, decimals, formula } = printed;
    const { rebuilt, agrees, figures: computed } = reconcile(printed, figures.figures(formula));
    const held = rebuilt === null ? [null, null, ...NOT_COUNTED] : [rebuilt, agrees, ...basisColumns(computed.basis())];
    return [block, row, column, published, decimals, formula, ...held];
  });
  return table(`report-${report.key}-table-${number}`, [...REPORT_HEADINGS, ...BASIS_HEADINGS], rows, [
    note('report', report.key, report.title),
    note('reportPosition', report.position),
    note('table', number, title),
    note('period', report.period),
    note('position', figures.pinned),
  ]);
}
