import type { CountedCell } from '../../events/periods.js';
import type { Label } from '../../events/primitives.js';
import type { ReadDatabase } from '../read-database.js';
import type { PeriodPublicationRow, PeriodRow } from './tables.js';

export interface PeriodPublicationView {
  readonly position: number;
  readonly publishedAt: string;
}

/** A reporting period. Its definition is read at the head; its publications are those up to a position. */
export interface PeriodView {
  readonly key: string;
  readonly label: Label;
  readonly referenceDate: string;
  readonly publications: readonly PeriodPublicationView[];
}

/** Every period, by reference date. */
export async function allPeriods(db: ReadDatabase, position: number): Promise<PeriodView[]> {
  const periods = await db.selectFrom('period').selectAll().orderBy('reference_date').orderBy('position').execute();
  const publications = await db
    .selectFrom('period_publication')
    .select(['position', 'period', 'recorded_at'])
    .where('position', '<=', position)
    .orderBy('position')
    .execute();
  const byPeriod = Map.groupBy(publications, ({ period }) => period);
  return periods.map((row) => periodOf(row, byPeriod.get(row.key) ?? []));
}

/** The cells that the publication at this position kept as they were rebuilt then, by their spelling. */
export async function cellsAsPublished(db: ReadDatabase, position: number): Promise<ReadonlyMap<string, number>> {
  const row = await db
    .selectFrom('period_publication')
    .select('cells')
    .where('position', '=', position)
    .executeTakeFirst();
  const cells = row ? (JSON.parse(row.cells) as CountedCell[]) : [];
  return new Map(cells.map(({ cell, count }) => [cell, count]));
}

type PublicationHeader = Pick<PeriodPublicationRow, 'position' | 'period' | 'recorded_at'>;

const periodOf = (row: PeriodRow, publications: readonly PublicationHeader[]): PeriodView => ({
  key: row.key,
  label: { nl: row.label_nl, en: row.label_en },
  referenceDate: row.reference_date,
  publications: publications.map(({ position, recorded_at }) => ({ position, publishedAt: recorded_at })),
});
