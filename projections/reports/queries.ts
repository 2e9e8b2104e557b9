import type { PrintedClaim, PrintedTable } from '../../events/reports.js';
import type { ReadDatabase } from '../read-database.js';
import type { ReportRow } from './tables.js';

/** A report as printed. */
export interface PrintedReport {
  readonly position: number;
  readonly key: string;
  readonly title: string;
  readonly publisher: string;
  readonly publishedOn: string;
  readonly period: string | null;
  readonly tables: readonly PrintedTable[];
  readonly claims: readonly PrintedClaim[];
}

const reportOf = (row: ReportRow): PrintedReport => ({
  position: row.position,
  key: row.key,
  title: row.title,
  publisher: row.publisher,
  publishedOn: row.published_on,
  period: row.period,
  tables: JSON.parse(row.tables) as PrintedTable[],
  claims: JSON.parse(row.claims) as PrintedClaim[],
});

/** The reports that are known by the position, in order of recording. */
export async function reportsAt(db: ReadDatabase, position: number): Promise<PrintedReport[]> {
  const rows = await db
    .selectFrom('report')
    .selectAll()
    .where('position', '<=', position)
    .orderBy('position')
    .execute();
  return rows.map(reportOf);
}
